import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Verdict, verdicts } from '../../../shared/domain/answer.ts';
import { countVerdicts, readiness } from '../../../shared/domain/score.ts';

const scored = fc.array(fc.record({ verdict: fc.constantFrom(...verdicts), weight: fc.integer({ min: 1, max: 5 }) }), { maxLength: 60 });

describe('the readiness score', () => {
  it.each<[number | null, [Verdict, number][]]>([
    [null, []],
    [null, [['not-applicable', 5]]],
    [100, [['compliant', 1]]],
    [0, [['non-compliant', 3]]],
    [0, [['not-assessed', 3]]],
    [50, [['partially-compliant', 4]]],
    [
      80,
      [
        ['compliant', 4],
        ['non-compliant', 1],
      ],
    ],
    [
      20,
      [
        ['compliant', 1],
        ['not-assessed', 4],
      ],
    ],
    [
      100,
      [
        ['compliant', 1],
        ['not-applicable', 5],
      ],
    ],
    [
      33,
      [
        ['compliant', 1],
        ['non-compliant', 2],
      ],
    ],
  ])('is %s for %j', (score, controls) => {
    expect(readiness(controls.map(([verdict, weight]) => ({ verdict, weight })))).toBe(score);
  });

  it('stays between 0 and 100, whole, and is null exactly when nothing applies', () => {
    fc.assert(
      fc.property(scored, (controls) => {
        const score = readiness(controls);
        if (controls.every((control) => control.verdict === 'not-applicable')) expect(score).toBeNull();
        else {
          expect(Number.isInteger(score)).toBe(true);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  it('does not depend on the order, and controls that do not apply change nothing', () => {
    fc.assert(
      fc.property(scored, fc.integer({ min: 1, max: 5 }), (controls, weight) => {
        const score = readiness(controls);
        expect(readiness([...controls].reverse())).toBe(score);
        expect(readiness([...controls, { verdict: 'not-applicable', weight }])).toBe(score);
      }),
    );
  });

  it('never falls when a control turns compliant and never rises when one turns non-compliant', () => {
    fc.assert(
      fc.property(scored, fc.nat(), (controls, pick) => {
        const applicable = controls.filter((control) => control.verdict !== 'not-applicable');
        fc.pre(applicable.length > 0);
        const index = pick % applicable.length;
        const turned = (verdict: Verdict) =>
          readiness(applicable.map((control, position) => (position === index ? { ...control, verdict } : control))) ?? -1;
        const score = readiness(applicable) ?? -1;
        expect(turned('compliant')).toBeGreaterThanOrEqual(score);
        expect(turned('non-compliant')).toBeLessThanOrEqual(score);
      }),
    );
  });
});

describe('counting verdicts', () => {
  it('has every verdict, also with zero, and adds up', () => {
    expect(countVerdicts([])).toEqual({
      'not-assessed': 0,
      compliant: 0,
      'partially-compliant': 0,
      'non-compliant': 0,
      'not-applicable': 0,
    });
    fc.assert(
      fc.property(scored, (controls) => {
        const counts = countVerdicts(controls);
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(controls.length);
        for (const verdict of verdicts) expect(counts[verdict]).toBe(controls.filter((control) => control.verdict === verdict).length);
      }),
    );
  });
});
