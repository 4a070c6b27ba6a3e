import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressableDecisions, needsRationale, verdicts } from '../../../shared/domain/answer.ts';
import { type CheckedControl, type CheckInput, findOpenChecks, isStatementAlone } from '../../../shared/domain/checks.ts';
import { methods } from '../../../shared/domain/control.ts';
import type { EvidenceId, TaskId } from '../../../shared/domain/ids.ts';

const control: CheckedControl = {
  packId: 'pack',
  controlId: 'c-1',
  title: 'Risk analysis',
  citation: '164.308(a)(1)(ii)(A)',
  requirement: 'required',
  answer: { verdict: 'compliant', rationale: '', methods: ['examine'], addressableDecision: null },
  evidenceCount: 1,
  findingCount: 0,
  waiting: false,
};

const empty: CheckInput = { controls: [], evidence: [], tasks: [], periodFrom: '2026-01-01', periodTo: '2026-06-30', today: '2026-07-01' };

type Change = Partial<Omit<CheckedControl, 'answer'>> & { answer?: Partial<CheckedControl['answer']> };

function codes({ answer, ...change }: Change): string[] {
  const checked = { ...control, ...change, answer: { ...control.answer, ...answer } };
  return findOpenChecks({ ...empty, controls: [checked] }).map((check) => `${check.code} ${check.severity}`);
}

describe('the checks of a control', () => {
  it('finds nothing at a compliant control that was examined and has evidence', () => {
    expect(codes({})).toEqual([]);
  });

  it('blocks on an unanswered control unless it is only recommended', () => {
    for (const requirement of ['required', 'addressable', 'standard'] as const)
      expect(codes({ requirement, answer: { verdict: 'not-assessed' } })).toEqual(['unanswered-required blocking']);
    expect(codes({ requirement: 'recommended', answer: { verdict: 'not-assessed' } })).toEqual(['unanswered warning']);
  });

  it('asks for the rationale of every verdict that must be explained; blanks are none', () => {
    for (const verdict of ['not-applicable', 'partially-compliant', 'non-compliant'] as const) {
      expect(codes({ findingCount: 1, answer: { verdict, rationale: ' \n' } })).toEqual(['rationale-missing blocking']);
      expect(codes({ findingCount: 1, answer: { verdict, rationale: 'Because.' } })).toEqual([]);
    }
    expect(needsRationale('compliant')).toBe(false);
    expect(needsRationale('not-assessed')).toBe(false);
  });

  it('asks for a rationale when an addressable specification is met otherwise', () => {
    expect(codes({ requirement: 'addressable', answer: { addressableDecision: 'alternative-measure' } })).toEqual([
      'rationale-missing blocking',
    ]);
    expect(codes({ requirement: 'addressable', answer: { addressableDecision: 'implemented' } })).toEqual([]);
  });

  it('asks for the decision when an addressable specification is said not to apply', () => {
    const answer = { verdict: 'not-applicable', rationale: 'No such system.' } as const;
    expect(codes({ requirement: 'addressable', answer })).toEqual(['decision-missing blocking']);
    expect(codes({ requirement: 'addressable', answer: { ...answer, addressableDecision: 'not-reasonable-and-appropriate' } })).toEqual([]);
    expect(codes({ requirement: 'required', answer })).toEqual([]);
  });

  it('blocks compliant without evidence, and only warns when it rests on an interview alone', () => {
    expect(codes({ evidenceCount: 0 })).toEqual(['compliant-without-evidence blocking']);
    expect(codes({ evidenceCount: 0, answer: { methods: [] } })).toEqual(['compliant-without-evidence blocking']);
    expect(codes({ evidenceCount: 0, answer: { methods: ['interview'] } })).toEqual(['statement-alone warning']);
    expect(codes({ evidenceCount: 0, answer: { methods: ['interview', 'test'] } })).toEqual(['compliant-without-evidence blocking']);
    expect(codes({ evidenceCount: 0, answer: { methods: ['interview', 'examine'] } })).toEqual(['compliant-without-evidence blocking']);
    expect(codes({ evidenceCount: 1, answer: { methods: ['interview'] } })).toEqual([]);
  });

  it('blocks non-compliant without a finding', () => {
    const answer = { verdict: 'non-compliant', rationale: 'Missing.' } as const;
    expect(codes({ answer })).toEqual(['non-compliant-without-finding blocking']);
    expect(codes({ answer, findingCount: 1 })).toEqual([]);
  });

  it('names the control, its title and its citation', () => {
    const [check] = findOpenChecks({ ...empty, controls: [{ ...control, evidenceCount: 0 }] });
    expect(check).toEqual({
      code: 'compliant-without-evidence',
      severity: 'blocking',
      control: { packId: 'pack', controlId: 'c-1' },
      evidenceId: null,
      findingId: null,
      taskId: null,
      subject: 'Risk analysis',
      citation: '164.308(a)(1)(ii)(A)',
    });
  });

  it('is never both statement alone and without evidence, and an unanswered control has exactly one check', () => {
    const any = fc.record({
      verdict: fc.constantFrom(...verdicts),
      rationale: fc.constantFrom('', ' ', 'Said so.'),
      methods: fc.subarray([...methods]),
      addressableDecision: fc.constantFrom(null, ...addressableDecisions),
    });
    fc.assert(
      fc.property(any, fc.nat(2), fc.nat(2), fc.constantFrom('required', 'addressable', 'standard', 'recommended'), (...drawn) => {
        const [answer, evidenceCount, findingCount, requirement] = drawn;
        const checked = { ...control, answer, evidenceCount, findingCount, requirement: requirement as CheckedControl['requirement'] };
        const found = findOpenChecks({ ...empty, controls: [checked] }).map((check) => check.code);
        expect(new Set(found).size).toBe(found.length);
        expect(found.includes('statement-alone') && found.includes('compliant-without-evidence')).toBe(false);
        expect(found.includes('statement-alone')).toBe(isStatementAlone(checked));
        if (answer.verdict === 'not-assessed') expect(found.length).toBe(1);
      }),
    );
  });
});

describe('the checks of evidence and tasks', () => {
  const outside = (effectiveFrom: string, effectiveTo: string, period: Partial<CheckInput> = {}) =>
    findOpenChecks({
      ...empty,
      ...period,
      evidence: [{ id: 'e' as EvidenceId, title: 'Log', effectiveFrom, effectiveTo }],
    }).map((check) => [check.code, check.severity, check.evidenceId, check.subject]);

  it('accepts evidence that touches the period and evidence without a date', () => {
    for (const [from, to] of [
      ['', ''],
      ['2026-01-01', '2026-01-01'],
      ['2025-12-01', '2026-01-01'],
      ['2026-06-30', '2026-08-01'],
      ['', '2026-03-01'],
      ['2026-03-01', ''],
    ] as const)
      expect(outside(from, to)).toEqual([]);
  });

  it('blocks evidence that speaks only about days before or after the period', () => {
    const check = ['evidence-outside-period', 'blocking', 'e', 'Log'];
    for (const [from, to] of [
      ['2025-01-01', '2025-12-31'],
      ['2026-07-01', '2026-07-02'],
      ['', '2025-12-31'],
      ['2026-07-01', ''],
    ] as const)
      expect(outside(from, to)).toEqual([check]);
  });

  it('judges only against the ends that the period has', () => {
    expect(outside('2020-01-01', '2020-01-01', { periodFrom: '', periodTo: '' })).toEqual([]);
    expect(outside('2020-01-01', '2020-01-01', { periodFrom: '' })).toEqual([]);
    expect(outside('2030-01-01', '2030-01-01', { periodTo: '' })).toEqual([]);
  });

  it('blocks an overdue task, and lists controls first, then evidence, then tasks', () => {
    const found = findOpenChecks({
      ...empty,
      tasks: [
        { id: 't1' as TaskId, title: 'Late', due: '2026-06-30', progress: 99 },
        { id: 't2' as TaskId, title: 'Done', due: '2026-06-30', progress: 100 },
        { id: 't3' as TaskId, title: 'Today', due: '2026-07-01', progress: 0 },
        { id: 't4' as TaskId, title: 'Some day', due: '', progress: 0 },
      ],
      evidence: [{ id: 'e' as EvidenceId, title: 'Log', effectiveFrom: '2020-01-01', effectiveTo: '' }],
      controls: [{ ...control, evidenceCount: 0 }],
    });
    expect(found.map((check) => [check.code, check.taskId])).toEqual([
      ['compliant-without-evidence', null],
      ['evidence-outside-period', null],
      ['task-overdue', 't1'],
    ]);
  });
});
