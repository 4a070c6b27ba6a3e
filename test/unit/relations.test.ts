import { describe, expect, it } from 'vitest';
import type { Control, CrosswalkLink, Pack } from '../../shared/domain/control.ts';
import { coverageBetween, relativesAmong, requirementOfCitation } from '../../shared/domain/relations.ts';

const control = (id: string, citations: string[], crosswalk: CrosswalkLink[] = []): Control => ({
  id,
  citations,
  group: 'g',
  title: id,
  requirement: 'required',
  objective: 'o',
  questions: [],
  methods: [],
  expectedEvidence: [],
  commonFailures: [],
  guidance: { small: 's', large: 'l' },
  weight: 1,
  weightReason: 'w',
  crosswalk,
});
const pack = (id: string, ...controls: Control[]): Pack => ({
  id,
  version: '1.0.0',
  title: id,
  summary: id,
  sources: [],
  sections: [{ id: 'one', title: 'One', controls }],
  hash: id,
});
const link = (framework: string, id: string, source = 'judgement'): CrosswalkLink => ({ framework, id, source });

describe('the requirement a citation names', () => {
  it.each([
    ['45 CFR 164.312(b)', 'hipaa 164.312(b)'],
    ['GDPR Art. 5(1)(f)', 'gdpr Art. 5(1)(f)'],
    ['NIST SP 800-53 Rev. 5 AU-3(1)', 'nist-800-53r5 au-3.1'],
    ['NIST SP 800-53 Rev. 5 AC-2', 'nist-800-53r5 ac-2'],
    ['Company handbook, chapter 4', null],
    ['Cal. Civ. Code 1798.105', null],
  ])('%s is %s', (citation, requirement) => expect(requirementOfCitation(citation)).toBe(requirement));
});

describe('relatives of a control', () => {
  const hipaa = pack(
    'hipaa-security',
    control('log', ['45 CFR 164.312(b)'], [link('nist-800-53r5', 'au-2', 'NIST')]),
    control('alone', ['45 CFR 164.316(a)']),
  );
  const logging = pack(
    'audit-logging',
    control('au-2', ['NIST SP 800-53 Rev. 5 AU-2']),
    control('ehr', ['Handbook'], [link('hipaa-security', 'log')]),
    control('shared', ['Handbook'], [link('nist-800-53r5', 'au-2', 'our own')]),
  );
  const privacy = pack('privacy', control('p', ['Handbook'], [link('hipaa', '164.312(b)')]));
  const relatives = relativesAmong([hipaa, logging, privacy]);

  it('are found by citation, by id and by a third requirement, each with who says so', () => {
    expect(relatives({ packId: 'hipaa-security', controlId: 'log' })).toEqual([
      { packId: 'audit-logging', controlId: 'ehr', requirement: 'hipaa-security log', source: 'judgement', direct: true },
      { packId: 'audit-logging', controlId: 'au-2', requirement: 'nist-800-53r5 au-2', source: 'NIST', direct: true },
      { packId: 'privacy', controlId: 'p', requirement: 'hipaa 164.312(b)', source: 'judgement', direct: true },
      // Those that only have a third framework in common come last.
      { packId: 'audit-logging', controlId: 'shared', requirement: 'nist-800-53r5 au-2', source: 'NIST; our own', direct: false },
    ]);
  });

  it('are the same seen from the other side, and never of the own checklist', () => {
    expect(relatives({ packId: 'privacy', controlId: 'p' }).map((other) => other.controlId)).toEqual(['log']);
    expect(relatives({ packId: 'audit-logging', controlId: 'au-2' }).map((other) => other.packId)).toEqual(['hipaa-security']);
  });

  it('are none for a control that stands alone or is not there', () => {
    expect(relatives({ packId: 'hipaa-security', controlId: 'alone' })).toEqual([]);
    expect(relatives({ packId: 'nothing', controlId: 'x' })).toEqual([]);
  });

  it('are counted checklist by checklist', () => {
    expect(coverageBetween([hipaa, logging])).toEqual([
      { from: 'hipaa-security', to: 'audit-logging', covered: 1, controls: 2 },
      { from: 'audit-logging', to: 'hipaa-security', covered: 3, controls: 3 },
    ]);
    expect(coverageBetween([])).toEqual([]);
  });
});
