import { describe, expect, test } from 'vitest';
import { bulkChange, emptyDraft, isEmptyDraft, tagsOf } from '../../../renderer/evidence/bulk-draft.ts';
import { groupCoverage } from '../../../renderer/evidence/coverage-view.ts';
import type { EvidenceFilter, FilterFacts } from '../../../renderer/evidence/register-filter.ts';
import { activeParts, choicesOf, filterEvidence, noFilter, sortEvidence, withoutPart } from '../../../renderer/evidence/register-filter.ts';
import { relate } from '../../../renderer/evidence/relations.ts';
import {
  choose,
  extendTo,
  isChosen,
  markAll,
  markedOf,
  nothingSelected,
  type Selection,
  selectByClick,
  selectByKey,
  toggle,
} from '../../../renderer/evidence/selection.ts';
import type { ControlCoverage } from '../../../shared/domain/coverage.ts';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { EvidenceId, FindingId } from '../../../shared/domain/ids.ts';
import { evidence } from './fixtures.ts';

const id = (number: number) => `evidence-${number}` as EvidenceId;
const control = { packId: 'pack', controlId: 'one' };

function facts(items: readonly Evidence[], change: Partial<FilterFacts> = {}): FilterFacts {
  const nobody = new Set<EvidenceId>();
  return { relations: relate(items), suspected: nobody, found: nobody, periodFrom: '', periodTo: '', today: '2026-06-01', ...change };
}

describe('filters', () => {
  const items = [
    evidence(1, {
      collector: 'Maren',
      source: 'Directory',
      tags: ['leavers'],
      receivedAt: '2026-03-01T12:00:00.000Z',
      controls: [control],
    }),
    evidence(2, { collector: 'Lars', effectiveFrom: '2024-01-01', effectiveTo: '2024-12-31', retainUntil: '2026-05-31' }),
    evidence(3, {
      effectiveTo: '2026-02-01',
      retainUntil: '2026-06-01',
      derivedFrom: id(1),
      derivation: 'redacted',
      findings: ['f' as FindingId],
    }),
    evidence(4, { supersedes: id(2), receivedAt: '2026-04-01T12:00:00.000Z', mediaType: 'application/pdf', sensitivity: 'secret' }),
  ];
  const numbers = (change: Partial<EvidenceFilter>, more: Partial<FilterFacts> = {}) =>
    filterEvidence(items, { ...noFilter, ...change }, facts(items, more)).map(({ number }) => number);

  test('narrow to people, sources, tags and a control', () => {
    expect(numbers({ collector: 'Maren' })).toEqual([1]);
    expect(numbers({ source: 'Directory' })).toEqual([1]);
    expect(numbers({ tag: 'leavers' })).toEqual([1]);
    expect(numbers({ tag: 'leaver' })).toEqual([]);
    expect(numbers({ control: 'pack/one' })).toEqual([1]);
  });

  test('narrow to days, with both ends', () => {
    expect(numbers({ receivedFrom: '2026-03-02' })).toEqual([4]);
    expect(numbers({ receivedTo: '2026-03-01' })).toEqual([1, 2, 3]);
    expect(numbers({ receivedFrom: '2026-03-01', receivedTo: '2026-03-01' })).toEqual([1, 2, 3]);
  });

  test('know the audit period, the retention, and what likely holds identifiers', () => {
    const period = { periodFrom: '2026-01-01', periodTo: '2026-12-31' };
    expect(numbers({ outside: true }, period)).toEqual([2]);
    expect(numbers({ outside: true }, { periodTo: '2023-12-31' })).toEqual([2, 3]);
    expect(numbers({ outside: true })).toEqual([]);
    expect(numbers({ expired: true })).toEqual([2]);
    expect(numbers({ suspected: true }, { suspected: new Set([id(4)]) })).toEqual([4]);
  });

  test('hide replaced revisions and redacted copies, or show nothing else', () => {
    expect(numbers({ superseded: 'hidden' })).toEqual([1, 3, 4]);
    expect(numbers({ superseded: 'only' })).toEqual([2]);
    expect(numbers({ redacted: 'hidden' })).toEqual([1, 2, 4]);
    expect(numbers({ redacted: 'only' })).toEqual([3]);
  });

  test('let a piece through whose content holds the words, but only where the other filters do', () => {
    const found = new Set([id(2), id(4)]);
    expect(numbers({ search: 'nowhere' }, { found })).toEqual([2, 4]);
    expect(numbers({ search: 'nowhere', type: 'pdf' }, { found })).toEqual([4]);
  });

  test('are listed one by one and taken back one by one', () => {
    const filter = { ...noFilter, tag: 'a', expired: true, search: 'x' };
    expect(activeParts(filter)).toEqual(['tag', 'expired']);
    expect(activeParts(withoutPart(filter, 'tag'))).toEqual(['expired']);
  });

  test('offer what occurs', () => {
    expect(choicesOf(items)).toEqual({
      types: ['text', 'pdf'],
      sensitivities: ['normal', 'secret'],
      collectors: ['Lars', 'Maren'],
      sources: ['Directory'],
      tags: ['leavers'],
    });
  });

  test('leave in the tray what nothing rests on: not what was replaced, nor what another piece stands in for', () => {
    expect([...relate(items).superseded]).toEqual([id(2)]);
    expect([...relate(items).loose]).toEqual([id(4)]);
    const mail = [evidence(1), evidence(2, { derivedFrom: id(1), derivation: 'attachment' })];
    expect([...relate(mail).loose]).toEqual([id(1), id(2)]);
    const used = [mail[0] as Evidence, { ...(mail[1] as Evidence), controls: [control] }];
    expect([...relate(used).loose]).toEqual([]);
  });

  test('take 50,000 pieces in the time of a few frames', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => evidence(index, { title: `Title ${(index * 7919) % 50_000}` }));
    const about = facts(many);
    filterEvidence(many, { ...noFilter, search: 'warm up' }, about);
    const started = performance.now();
    const found = sortEvidence(filterEvidence(many, { ...noFilter, search: 'title 4', links: 'loose' }, about), {
      column: 'title',
      descending: false,
    });
    expect(found.length).toBeGreaterThan(5000);
    expect(performance.now() - started).toBeLessThan(1500);
  });
});

describe('choosing and marking', () => {
  const items = [1, 2, 3, 4, 5].map((number) => evidence(number));
  const numbers = (selection: Selection) => markedOf(selection, items).map(({ number }) => number);
  const keys = { shiftKey: false, modKey: false };

  test('a click chooses one, Ctrl adds and takes away, Shift marks up to it', () => {
    const one = selectByClick(nothingSelected, items, id(2), keys);
    expect(one.open).toBe('step');
    expect([numbers(one.selection), isChosen(one.selection, id(2))]).toEqual([[], true]);
    const two = selectByClick(one.selection, items, id(4), { ...keys, modKey: true });
    expect([two.open, numbers(two.selection)]).toEqual(['none', [2, 4]]);
    expect(numbers(selectByClick(two.selection, items, id(2), { ...keys, modKey: true }).selection)).toEqual([4]);
    const range = selectByClick(two.selection, items, id(1), { ...keys, shiftKey: true });
    expect(numbers(range.selection)).toEqual([1, 2, 3, 4]);
    expect(isChosen(range.selection, id(5))).toBe(false);
    expect(numbers(extendTo(nothingSelected, items, id(3)))).toEqual([3]);
  });

  test('keys do the same: Space, Shift with arrows, Ctrl with arrows, Ctrl+A, Enter, Escape', () => {
    const press = (selection: Selection, key: string, next: EvidenceId | null = null, change = {}) =>
      selectByKey(selection, items, { key, ...keys, ...change }, next);
    const start = choose(id(2));
    expect(press(start, 'ArrowDown', id(3))).toEqual({ selection: choose(id(3)), open: 'step' });
    const marked = press(start, ' ')?.selection ?? start;
    expect(numbers(marked)).toEqual([2]);
    const moved = press(marked, 'ArrowDown', id(3), { modKey: true })?.selection ?? start;
    expect([moved.cursor, numbers(moved)]).toEqual([id(3), [2]]);
    expect(numbers(press(moved, ' ')?.selection ?? start)).toEqual([2, 3]);
    const range = press(start, 'ArrowDown', id(3), { shiftKey: true })?.selection ?? start;
    expect(numbers(press(range, 'ArrowDown', id(4), { shiftKey: true })?.selection ?? start)).toEqual([2, 3, 4]);
    const all = press(start, 'a', null, { modKey: true })?.selection ?? start;
    expect(numbers(all)).toEqual([1, 2, 3, 4, 5]);
    expect(markAll(nothingSelected, items).cursor).toBe(id(1));
    expect(press(all, 'Escape')?.selection.marked.size).toBe(0);
    expect(press(start, 'Escape')).toBeNull();
    expect(press(start, 'Enter')?.open).toBe('enter');
    expect(press(nothingSelected, ' ')).toBeNull();
    expect(press(start, 'x', null, { modKey: true })).toBeNull();
    expect(press(start, 'x')).toBeNull();
  });

  test('acts only on what is shown', () => {
    const selection = toggle(toggle(nothingSelected, id(1)), id(5));
    expect(markedOf(selection, items.slice(0, 3)).map(({ number }) => number)).toEqual([1]);
  });
});

describe('editing several pieces', () => {
  test('changes what is ticked, empty or not, and nothing else', () => {
    expect(isEmptyDraft(emptyDraft)).toBe(true);
    expect(isEmptyDraft({ ...emptyDraft, addTags: ' , ' })).toBe(true);
    expect(bulkChange({ ...emptyDraft, source: '', sensitivity: 'phi', addTags: 'a, b,a', removeTags: ['b', 'c'] })).toEqual({
      patch: { source: '', sensitivity: 'phi' },
      addTags: ['a', 'b'],
      removeTags: ['c'],
    });
    expect(isEmptyDraft({ ...emptyDraft, retainUntil: '' })).toBe(false);
    expect(tagsOf(Array.from({ length: 60 }, (_, index) => index).join(','))).toHaveLength(50);
  });
});

describe('the coverage view', () => {
  const covered = (controlId: string, sectionId: string, change: Partial<ControlCoverage>): ControlCoverage => ({
    packId: 'pack',
    controlId,
    packTitle: 'Pack',
    sectionId,
    sectionTitle: `Section ${sectionId}`,
    citation: '',
    title: controlId,
    verdict: 'compliant',
    entries: [{ text: 'list', pieces: [] }],
    earlier: [],
    evidence: [],
    ...change,
  });
  const controls = [
    covered('one', 'a', { evidence: [id(1)], entries: [{ text: 'list', pieces: [id(1)] }] }),
    covered('two', 'a', {}),
    covered('three', 'b', { verdict: 'not-applicable' }),
  ];

  test('keeps sections in order and puts gaps first in each', () => {
    const [pack] = groupCoverage(controls, false);
    expect(pack?.sections.map(({ title }) => title)).toEqual(['Section a', 'Section b']);
    expect(pack?.sections[0]?.controls.map(({ controlId }) => controlId)).toEqual(['two', 'one']);
    expect(pack?.sections[0]?.figures).toMatchObject({ expected: 2, shown: 1 });
  });

  test('lists only what is open when asked', () => {
    const [pack] = groupCoverage(controls, true);
    expect(pack?.sections.map(({ key }) => key)).toEqual(['pack/a']);
    expect(pack?.sections[0]?.controls.map(({ controlId }) => controlId)).toEqual(['two']);
  });
});
