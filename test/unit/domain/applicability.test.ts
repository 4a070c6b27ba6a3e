import { describe, expect, it } from 'vitest';
import { type AuditProfile, advisePacks, emptyProfile, proposeNotApplicable } from '../../../shared/domain/applicability.ts';
import type { Control, Pack } from '../../../shared/domain/control.ts';

const control = (id: string, ...citations: string[]) => ({ id, title: id, citations }) as unknown as Control;
const pack = {
  id: 'mixed',
  sections: [
    {
      controls: [
        control('plan', '45 CFR 164.530(k)'),
        control('training', '45 CFR 164.530(b)(1)'),
        control('wireless', 'NIST SP 800-53 Rev. 5 AC-18', 'NIST SP 800-53 Rev. 5 AC-18(1)'),
        control('both', 'NIST SP 800-53 Rev. 5 AC-18', 'NIST SP 800-53 Rev. 5 AC-17'),
        control('children', 'GDPR Art. 8(1)'),
        control('employment', 'GDPR Art. 88(1)'),
        control('transfer', 'GDPR Art. 46(2)(c)', 'GDPR Art. 44'),
        control('representative', 'GDPR Art. 27(1)'),
        control('associate', '45 CFR 164.410(a)(1)'),
        control('house', 'Handbook 1'),
      ],
    },
  ],
} as unknown as Pack;

const proposed = (profile: Partial<AuditProfile>) =>
  proposeNotApplicable([pack], { ...emptyProfile, ...profile }).map((proposal) => proposal.controlId);

describe('a profile', () => {
  it('proposes nothing while nothing is said', () => {
    expect(proposed({})).toEqual([]);
    expect(advisePacks(emptyProfile)).toEqual([]);
  });

  it('leaves out what only concerns others', () => {
    expect(proposed({ entity: 'provider' })).toEqual(['plan', 'associate']);
    expect(proposed({ entity: 'health-plan' })).toEqual(['associate']);
    expect(proposed({ entity: 'business-associate' })).toEqual(['plan', 'training']);
  });

  it('leaves out a control only when every one of its citations is concerned', () => {
    expect(proposed({ facts: { wireless: false } })).toEqual(['wireless']);
    expect(proposed({ facts: { wireless: false, remoteWork: false } })).toEqual(['wireless']);
    expect(proposed({ facts: { transfers: false } })).toEqual(['transfer']);
  });

  it('does not take an article for another that begins with the same digit', () => {
    expect(proposed({ facts: { children: false } })).toEqual(['children']);
  });

  it('needs no representative where there is an establishment, and keeps it where there is none', () => {
    expect(proposed({ facts: { euEstablishment: true } })).toEqual(['representative']);
    expect(proposed({ facts: { euEstablishment: false } })).toEqual([]);
  });

  it('gives every proposal its reason', () => {
    const [first] = proposeNotApplicable([pack], { ...emptyProfile, entity: 'provider' });
    expect(first).toEqual({
      packId: 'mixed',
      controlId: 'plan',
      title: 'plan',
      citation: '45 CFR 164.530(k)',
      reason: expect.stringMatching(/health plans/) as string,
    });
  });

  it('speaks for and against whole checklists', () => {
    expect(
      advisePacks({ ...emptyProfile, entity: 'none', facts: { euData: true } }).map(({ packId, suggested }) => [packId, suggested]),
    ).toEqual([
      ['hipaa-security', false],
      ['hipaa-privacy-breach', false],
      ['data-protection', true],
    ]);
    expect(advisePacks({ ...emptyProfile, entity: 'provider', facts: { euData: false } }).map(({ reason }) => reason)).toEqual([
      'hipaa.entity',
      'hipaa.entity',
      'gdpr.none',
    ]);
  });
});
