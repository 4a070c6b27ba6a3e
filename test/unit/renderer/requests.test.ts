import { describe, expect, test } from 'vitest';
import { filterRequests, noFilter, requestsForControl } from '../../../renderer/requests/filter.ts';
import type { PersonId, RequestId } from '../../../shared/domain/ids.ts';
import type { EvidenceRequest, RequestState } from '../../../shared/domain/request.ts';
import { auditId } from './fixtures.ts';

const request = (number: number, state: RequestState, due = '', more: Partial<EvidenceRequest> = {}): EvidenceRequest => ({
  id: `r${number}` as RequestId,
  auditId,
  number,
  title: `Request ${number}`,
  description: '',
  askedOf: '',
  askedAt: '',
  due,
  state,
  note: '',
  controls: [],
  evidence: [],
  updatedAt: '',
  updatedBy: 'me' as PersonId,
  ...more,
});

const today = '2026-05-10';
const numbers = (requests: readonly EvidenceRequest[]) => requests.map(({ number }) => number);

describe('the list of requests', () => {
  test('is ordered by the day they are wanted, undated ones after those, settled ones at the end', () => {
    const all = [
      request(1, 'received', '2026-01-01'),
      request(2, 'asked'),
      request(3, 'draft', '2026-06-01'),
      request(4, 'asked', '2026-05-01'),
    ];
    expect(numbers(filterRequests(all, noFilter, today))).toEqual([4, 3, 2, 1]);
  });

  test('narrows to a state, to late ones, to words and to a control', () => {
    const control = { packId: 'p', controlId: 'c' };
    const all = [
      request(1, 'draft', '2026-05-01', { note: 'Ask twice' }),
      request(2, 'asked', '2026-05-01', { askedOf: 'Personnel' }),
      request(3, 'received', '2026-05-01', { controls: [control] }),
      request(4, 'asked', '', { controls: [control] }),
    ];
    const shown = (filter: Partial<typeof noFilter>) => numbers(filterRequests(all, { ...noFilter, ...filter }, today));
    expect(shown({ view: 'open' })).toEqual([1, 2, 4]);
    expect(shown({ view: 'draft' })).toEqual([1]);
    expect(shown({ view: 'late' })).toEqual([2]);
    expect(shown({ view: 'received' })).toEqual([3]);
    expect(shown({ text: 'TWICE ask' })).toEqual([1]);
    expect(shown({ text: 'r-002' })).toEqual([2]);
    expect(shown({ text: 'personnel twice' })).toEqual([]);
    expect(shown({ control: 'p/c' })).toEqual([4, 3]);
    expect(numbers(requestsForControl(all, 'p/c'))).toEqual([4]);
  });
});
