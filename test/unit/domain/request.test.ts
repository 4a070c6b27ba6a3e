import { describe, expect, it } from 'vitest';
import type { AuditId, EvidenceId, PersonId, RequestId } from '../../../shared/domain/ids.ts';
import {
  type EvidenceRequest,
  isLateRequest,
  isOpenRequest,
  type ProposalControl,
  proposeRequests,
  requestLabel,
  requestStates,
  stateAfterArrival,
  suggestEvidence,
} from '../../../shared/domain/request.ts';

const a = { packId: 'p', controlId: 'a' };
const b = { packId: 'p', controlId: 'b' };

const control = (controlId: string, expectedEvidence: string[], more: Partial<ProposalControl> = {}): ProposalControl => ({
  packId: 'p',
  controlId,
  expectedEvidence,
  evidenceCount: 0,
  applicable: true,
  ...more,
});

const request = (fields: Partial<EvidenceRequest>): EvidenceRequest => ({
  id: 'r' as RequestId,
  auditId: 'x' as AuditId,
  number: 1,
  title: 'Leaver list',
  description: '',
  askedOf: '',
  askedAt: '',
  due: '',
  state: 'asked',
  note: '',
  controls: [],
  evidence: [],
  updatedAt: '',
  updatedBy: 'me' as PersonId,
  ...fields,
});

describe('a request', () => {
  it('is named R-001', () => {
    expect([requestLabel(1), requestLabel(1234)]).toEqual(['R-001', 'R-1234']);
  });

  it('is late when it was asked, is not all there, and its day is over', () => {
    const late = requestStates.filter((state) => isLateRequest({ state, due: '2026-05-01' }, '2026-05-02'));
    expect(late).toEqual(['asked', 'partly-received']);
    expect(isLateRequest({ state: 'asked', due: '2026-05-02' }, '2026-05-02')).toBe(false);
    expect(isLateRequest({ state: 'asked', due: '' }, '2026-05-02')).toBe(false);
  });

  it('is open until it is settled, and a file by itself settles nothing', () => {
    expect(requestStates.filter((state) => isOpenRequest({ state }))).toEqual(['draft', 'asked', 'partly-received']);
    expect(requestStates.map(stateAfterArrival)).toEqual([
      'partly-received',
      'partly-received',
      'partly-received',
      'received',
      'withdrawn',
    ]);
  });
});

describe('proposals', () => {
  it('ask once for what several controls expect', () => {
    expect(proposeRequests([control('a', ['Leaver list', 'Org chart']), control('b', ['leaver  list.'])], [])).toEqual([
      { title: 'Leaver list', controls: [a, b], existing: null },
      { title: 'Org chart', controls: [a], existing: null },
    ]);
  });

  it('leave out controls with evidence, controls that do not apply, and what is asked for already', () => {
    const controls = [
      control('a', ['Leaver list'], { evidenceCount: 1 }),
      control('b', ['Leaver list'], { applicable: false }),
      control('c', ['Leaver list', 'Leaver list ']),
      control('d', ['Leaver list']),
    ];
    const asked = request({ controls: [{ packId: 'p', controlId: 'c' }] });
    expect(proposeRequests(controls, [asked])).toEqual([
      { title: 'Leaver list', controls: [{ packId: 'p', controlId: 'd' }], existing: 'r' },
    ]);
  });

  it('ask anew for what was withdrawn, and make a new request where the old one is settled', () => {
    const controls = [control('a', ['Leaver list'])];
    expect(proposeRequests(controls, [request({ state: 'withdrawn', controls: [a] })])).toHaveLength(1);
    expect(proposeRequests(controls, [request({ state: 'received', controls: [a] })])).toEqual([]);
    expect(proposeRequests(controls, [request({ state: 'received', controls: [b] })])).toMatchObject([{ existing: null }]);
  });
});

describe('suggestions', () => {
  const evidence = (id: string, receivedAt: string, controls = [a]) => ({
    id: id as EvidenceId,
    receivedAt,
    controls,
    originalName: `${id}.pdf`,
  });

  it('are what arrived at the controls since the day it was asked and answers nothing else yet', () => {
    const asked = request({ controls: [a], askedAt: '2026-05-01', evidence: ['linked' as EvidenceId] });
    const items = [
      evidence('old', new Date(2026, 3, 30, 23, 59).toISOString()),
      evidence('early', new Date(2026, 4, 1, 0, 1).toISOString()),
      evidence('new', '2026-05-01T08:00:00.000Z'),
      evidence('linked', '2026-05-03T08:00:00.000Z'),
      evidence('elsewhere', '2026-05-03T08:00:00.000Z', [b]),
    ];
    expect(suggestEvidence(asked, items, []).map(({ id }) => id)).toEqual(['early', 'new']);
    expect(suggestEvidence(asked, items, [request({ evidence: ['early', 'new'] as EvidenceId[] })])).toEqual([]);
    expect(suggestEvidence({ ...asked, state: 'received' }, items, [])).toEqual([]);
  });

  it('are also the files that the client named as the list asks, wherever they are linked', () => {
    const asked = request({ number: 12, controls: [a] });
    const names = ['R-012 Leavers', 'r_012', 'Leavers (R012)', 'R-0120', 'R-12', 'FOR-012', 'R-013', 'Leavers'];
    const items = names.map((name) => evidence(name, '2026-05-03T08:00:00.000Z', []));
    expect(suggestEvidence(asked, items, []).map(({ id }) => id)).toEqual(names.slice(0, 3));
  });
});
