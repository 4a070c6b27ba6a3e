import { describe, expect, test, vi } from 'vitest';
import { createAutosave } from '../../../renderer/walkthrough/autosave.ts';
import { createDetails } from '../../../renderer/walkthrough/details.ts';
import { missingRationale, withWorkBegun } from '../../../renderer/walkthrough/editing.ts';
import type { ListView } from '../../../renderer/walkthrough/filter.ts';
import {
  assessedCount,
  countVerdicts,
  filterCounts,
  groupSections,
  isFlagged,
  matchesSearch,
  neighbour,
  sectionGroups,
  totalCount,
  visibleRows,
} from '../../../renderer/walkthrough/filter.ts';
import { overlayRow } from '../../../renderer/walkthrough/rows.ts';
import type { ControlDetail } from '../../../shared/ipc/answers.ts';
import type { SectionRow } from '../../../shared/ipc/audits.ts';
import type { Deferred } from './fixtures.ts';
import { answer, deferred, row, settled } from './fixtures.ts';

const rows = [
  row({ controlId: 'a', group: 'Standard one', title: 'Risk analysis' }),
  row({ controlId: 'b', group: 'Standard one', title: 'Sanction policy', verdict: 'compliant', workStatus: 'ready-for-review' }),
  row({ controlId: 'c', sectionId: 'second', title: 'Door locks', verdict: 'compliant', workStatus: 'reviewed', findings: 1 }),
  row({ controlId: 'd', sectionId: 'second', title: 'Cameras', verdict: 'non-compliant', workStatus: 'in-progress', checks: ['x'] }),
];
const all: ListView = { section: null, filter: 'all', search: '', current: null };
const ids = (list: readonly { controlId: string }[]) => list.map(({ controlId }) => controlId);

describe('the list of controls', () => {
  test('shows one section, and every section while somebody searches', () => {
    expect(ids(visibleRows(rows, { ...all, section: 'pack/second' }))).toEqual(['c', 'd']);
    expect(ids(visibleRows(rows, { ...all, section: 'pack/second', search: 'risk' }))).toEqual(['a']);
  });

  test('filters by what is left to do, what is ready and what is flagged', () => {
    expect(ids(visibleRows(rows, { ...all, filter: 'to-do' }))).toEqual(['a', 'd']);
    expect(ids(visibleRows(rows, { ...all, filter: 'ready' }))).toEqual(['b', 'c']);
    expect(ids(visibleRows(rows, { ...all, filter: 'flagged' }))).toEqual(['c', 'd']);
    expect(filterCounts(rows, { section: null, search: '' })).toEqual({ all: 4, 'to-do': 2, ready: 2, flagged: 2 });
  });

  test('keeps the open control although it no longer matches the filter', () => {
    expect(ids(visibleRows(rows, { ...all, filter: 'ready', current: 'pack/a' }))).toEqual(['a', 'b', 'c']);
  });

  test('finds a control when every word occurs in its title, citation, id or standard', () => {
    expect(matchesSearch(rows[0] ?? row(), '  164.308 RISK one ')).toBe(true);
    expect(matchesSearch(rows[0] ?? row(), 'risk door')).toBe(false);
    expect(matchesSearch(row({ title: 'Prüfung der Straße' }), 'prufung STRASSE')).toBe(true);
  });

  test('a control nobody judged is not flagged for its open checks', () => {
    expect(isFlagged(row({ checks: ['unanswered-required'] }))).toBe(false);
    expect(isFlagged(row({ checks: ['rationale-missing'], verdict: 'compliant' }))).toBe(true);
  });

  test('steps cross from one section into the next and stop at the ends', () => {
    const at = (current: string): ListView => ({ ...all, section: 'pack/first', current });
    expect(neighbour(rows, at('pack/b'), 1)).toMatchObject({ controlId: 'c' });
    expect(neighbour(rows, at('pack/a'), -1)).toBeNull();
    expect(neighbour(rows, at('pack/d'), 1)).toBeNull();
  });

  test('a step from a control that the search left out leads to the first hit', () => {
    expect(neighbour(rows, { ...all, search: 'door', current: 'pack/a' }, 1)).toMatchObject({ controlId: 'c' });
    expect(neighbour(rows, { ...all, search: 'nowhere', current: 'pack/a' }, 1)).toBeNull();
  });
});

describe('the sections', () => {
  const section = (packId: string, id: string): SectionRow => ({
    packId,
    packTitle: packId.toUpperCase(),
    id,
    title: id,
    counts: countVerdicts(rows).get('pack/first') ?? { ...none },
  });
  const none = { 'not-assessed': 0, compliant: 0, 'partially-compliant': 0, 'non-compliant': 0, 'not-applicable': 0 };

  test('are grouped by checklist in their order', () => {
    const groups = groupSections([section('x', '1'), section('y', '2'), section('x', '3')]);
    expect(groups.map(({ packTitle, sections }) => [packTitle, sections.map(({ id }) => id)])).toEqual([
      ['X', ['1', '3']],
      ['Y', ['2']],
    ]);
  });

  test('list each standard once with its first control', () => {
    expect(sectionGroups(rows, 'pack/first').map(({ title, first }) => [title, first.controlId])).toEqual([['Standard one', 'a']]);
    expect(sectionGroups(rows, 'pack/second')).toEqual([]);
  });

  test('count what is judged from the rows', () => {
    const counts = countVerdicts(rows).get('pack/first') ?? none;
    expect(counts).toEqual({ ...none, 'not-assessed': 1, compliant: 1 });
    expect([assessedCount(counts), totalCount(counts)]).toEqual([1, 2]);
  });
});

describe('a row', () => {
  test('follows the auditor before the vault list does', () => {
    const state = { answer: answer({ verdict: 'compliant', workStatus: 'in-progress' }), status: { kind: 'pending' } } as const;
    expect(overlayRow(row(), state)).toMatchObject({ verdict: 'compliant', workStatus: 'in-progress' });
  });

  test('stays the same object while only a text changes', () => {
    const before = row();
    expect(overlayRow(before, { answer: answer({ rationale: 'typing' }), status: { kind: 'pending' } })).toBe(before);
    expect(overlayRow(before, null)).toBe(before);
  });
});

describe('editing', () => {
  test('whoever answers anything has begun the work, unless the status itself is set', () => {
    expect(withWorkBegun(answer(), { verdict: 'compliant' })).toEqual({ verdict: 'compliant', workStatus: 'in-progress' });
    expect(withWorkBegun(answer(), { workStatus: 'reviewed' })).toEqual({ workStatus: 'reviewed' });
    expect(withWorkBegun(answer({ workStatus: 'reviewed' }), { verdict: 'compliant' })).toEqual({ verdict: 'compliant' });
  });

  test('a rationale is missing where the verdict or the decision has to be explained', () => {
    expect(missingRationale(answer({ verdict: 'non-compliant' }))).toBe('verdict');
    expect(missingRationale(answer({ verdict: 'non-compliant', rationale: ' \n' }))).toBe('verdict');
    expect(missingRationale(answer({ verdict: 'non-compliant', rationale: 'why' }))).toBeNull();
    expect(missingRationale(answer({ verdict: 'compliant' }))).toBeNull();
    expect(missingRationale(answer({ verdict: 'compliant', addressableDecision: 'implemented' }))).toBeNull();
    expect(missingRationale(answer({ verdict: 'compliant', addressableDecision: 'alternative-measure' }))).toBe('decision');
    expect(missingRationale(answer({ addressableDecision: 'alternative-measure' }))).toBeNull();
  });
});

describe('details of controls', () => {
  function start() {
    const replies: Deferred<ControlDetail>[] = [];
    const asked: string[] = [];
    const autosave = createAutosave(() => new Promise(() => undefined));
    const details = createDetails((reference) => {
      asked.push(reference.controlId);
      const reply = deferred<ControlDetail>();
      replies.push(reply);
      return reply.promise;
    }, autosave);
    const detail = (controlId: string, rationale = '') => ({ answer: answer({ controlId, rationale }) }) as ControlDetail;
    return { replies, asked, autosave, details, detail };
  }
  const reference = (controlId: string) => ({ packId: 'pack', controlId });

  test('are asked for once and handed to the autosave', async () => {
    const { replies, asked, autosave, details, detail } = start();
    const listener = vi.fn();
    details.subscribe(listener);
    details.want(reference('one'));
    details.want(reference('one'));
    replies[0]?.resolve(detail('one', 'known'));
    await settled();
    details.want(reference('one'));
    expect(asked).toEqual(['one']);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(autosave.read('pack/one')?.answer.rationale).toBe('known');
  });

  test('stay on the screen while they are loaded again', async () => {
    const { replies, asked, details, detail } = start();
    details.want(reference('one'));
    replies[0]?.resolve(detail('one', 'old'));
    await settled();
    details.invalidate([reference('one')]);
    expect(details.read('pack/one').detail?.answer.rationale).toBe('old');
    expect(asked).toEqual(['one', 'one']);
    replies[1]?.resolve(detail('one', 'new'));
    await settled();
    expect(details.read('pack/one').detail?.answer.rationale).toBe('new');
  });

  test('are loaded once more when something changed while they were being loaded', async () => {
    const { replies, asked, details, detail } = start();
    details.want(reference('one'));
    details.invalidate([reference('one')]);
    expect(asked).toEqual(['one']);
    replies[0]?.resolve(detail('one', 'old'));
    await settled();
    expect(asked).toEqual(['one', 'one']);
    replies[1]?.resolve(detail('one', 'new'));
    await settled();
    expect(details.read('pack/one').detail?.answer.rationale).toBe('new');
  });

  test('keep the old pane and tell the error when loading fails, and are asked for again', async () => {
    const { replies, asked, details, detail } = start();
    const error = new Error('locked');
    details.want(reference('one'));
    replies[0]?.resolve(detail('one', 'old'));
    await settled();
    details.invalidate([reference('one')]);
    replies[1]?.reject(error);
    await settled();
    expect(details.read('pack/one')).toMatchObject({ detail: { answer: { rationale: 'old' } }, error });
    details.want(reference('one'));
    expect(asked).toHaveLength(3);
  });

  test('of controls left long ago are forgotten', async () => {
    const { replies, asked, details, detail } = start();
    for (let index = 0; index < 61; index += 1) {
      details.want(reference(`c${index}`));
      replies[index]?.resolve(detail(`c${index}`));
      await settled();
    }
    expect(details.read('pack/c0').detail).toBeNull();
    expect(details.read('pack/c1').detail).not.toBeNull();
    expect(asked).toHaveLength(61);
  });
});
