import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../shared/domain/canonical-json.ts';
import { evidenceLabel, isCollectedLate } from '../../../shared/domain/evidence.ts';
import { findingLabel } from '../../../shared/domain/finding.ts';
import { controlKey } from '../../../shared/domain/ids.ts';
import { mayManagePeople, maySign, mayWrite, roles } from '../../../shared/domain/person.ts';
import { isOverdue } from '../../../shared/domain/plan.ts';
import { riskLevel, riskScore } from '../../../shared/domain/risk.ts';

describe('the moment of collecting', () => {
  it.each([
    ['', false],
    ['2026-03-09', false],
    // It is the tenth already where the sun rises first.
    ['2026-03-10', false],
    ['2026-03-11', true],
    ['2099-01-01', true],
    ['2026-03-09T20:00:00+02:00', false],
    ['2026-03-09T20:00:00-02:00', true],
  ])('%j against a piece received on 9 March 2026 at 20:00 UTC: after it is %s', (collectedAt, late) => {
    expect(isCollectedLate({ collectedAt, receivedAt: '2026-03-09T20:00:00.000Z' })).toBe(late);
  });
});

describe('risk', () => {
  it('rates the whole matrix: low up to 4, medium up to 12, high from 15', () => {
    const row = (likelihood: number) => [1, 2, 3, 4, 5].map((impact) => riskLevel(likelihood, impact).charAt(0)).join('');
    expect([1, 2, 3, 4, 5].map(row)).toEqual(['llllm', 'llmmm', 'lmmmh', 'lmmhh', 'mmhhh']);
  });

  it('is symmetric, grows with both, and clamps what is outside 1 to 5', () => {
    const rating = fc.integer({ min: 1, max: 5 });
    const order = { low: 0, medium: 1, high: 2 };
    fc.assert(
      fc.property(rating, rating, (likelihood, impact) => {
        expect(riskScore(likelihood, impact)).toBe(likelihood * impact);
        expect(riskLevel(likelihood, impact)).toBe(riskLevel(impact, likelihood));
        expect(order[riskLevel(likelihood + 1, impact)]).toBeGreaterThanOrEqual(order[riskLevel(likelihood, impact)]);
      }),
    );
    expect(riskScore(-3, 9)).toBe(5);
    expect(riskScore(2.4, 1.6)).toBe(4);
  });
});

describe('canonical JSON', () => {
  it('sorts keys by code units, leaves out undefined, and writes what JSON cannot hold as null', () => {
    expect(canonicalJson({ b: 1, a: [undefined, null, { z: true, y: 'é"' }], c: undefined, '10': 0, '9': 0 })).toBe(
      '{"10":0,"9":0,"a":[null,null,{"y":"é\\"","z":true}],"b":1}',
    );
    expect(canonicalJson(undefined)).toBe('null');
    expect(canonicalJson(Number.NaN)).toBe('null');
    expect(canonicalJson({ '\u{1f600}': 1, '\ufb33': 2 })).toBe('{"\u{1f600}":1,"\ufb33":2}');
  });

  it('gives equal bytes for equal values whatever the order of keys, and parses back to the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });

  function reversed(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, member]) => [key, reversed(member)]),
    );
  }
});

describe('names and roles', () => {
  it('numbers evidence with three digits and findings with two, and never cuts larger numbers', () => {
    expect([1, 42, 999, 1000, 12345].map(evidenceLabel)).toEqual(['E-001', 'E-042', 'E-999', 'E-1000', 'E-12345']);
    expect([1, 42, 100].map(findingLabel)).toEqual(['F-01', 'F-42', 'F-100']);
  });

  it('tells controls of the same id in two checklists apart', () => {
    expect(controlKey({ packId: 'a', controlId: 'x' })).toBe('a/x');
    expect(controlKey({ packId: 'b', controlId: 'x' })).not.toBe(controlKey({ packId: 'a', controlId: 'x' }));
  });

  it('lets leads and auditors write, everybody but observers sign, and only leads manage people', () => {
    expect(roles.filter(mayWrite)).toEqual(['lead', 'auditor']);
    expect(roles.filter(maySign)).toEqual(['lead', 'auditor', 'reviewer']);
    expect(roles.filter(mayManagePeople)).toEqual(['lead']);
  });

  it('calls a task overdue from the day after it was due until it is finished', () => {
    expect(isOverdue({ due: '2026-03-01', progress: 0 }, '2026-03-01')).toBe(false);
    expect(isOverdue({ due: '2026-03-01', progress: 0 }, '2026-03-02')).toBe(true);
    expect(isOverdue({ due: '2026-03-01', progress: 100 }, '2026-03-02')).toBe(false);
    expect(isOverdue({ due: '', progress: 0 }, '2026-03-02')).toBe(false);
  });
});
