import { describe, expect, it } from 'vitest';
import { type EditorState, edit, editorWith, emptyEditor } from '../../../renderer/evidence/redact/editor.ts';
import {
  boxBetween,
  boxByKey,
  movedBox,
  rangesWithin,
  resizedBox,
  selectedRange,
  shownRange,
  smallestSide,
  textParts,
} from '../../../renderer/evidence/redact/geometry.ts';
import { maskText, textMask } from '../../../shared/domain/redaction.ts';

const box = { x: 0.2, y: 0.2, width: 0.4, height: 0.4 };
const rounded = (shape: typeof box) => Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, Number(value.toFixed(6))]));

describe('a box', () => {
  it('is drawn between two points in any direction and cut at the edges of the page', () => {
    expect(rounded(boxBetween({ x: 0.6, y: 0.1 }, { x: 0.2, y: 0.5 }))).toEqual({ x: 0.2, y: 0.1, width: 0.4, height: 0.4 });
    expect(rounded(boxBetween({ x: -0.5, y: 0.9 }, { x: 0.5, y: 1.5 }))).toEqual({ x: 0, y: 0.9, width: 0.5, height: 0.1 });
  });

  it('stays as large as it is while it is moved, also at the edges', () => {
    expect(rounded(movedBox(box, { x: 0.1, y: -0.1 }))).toEqual({ x: 0.3, y: 0.1, width: 0.4, height: 0.4 });
    expect(rounded(movedBox(box, { x: 5, y: -5 }))).toEqual({ x: 0.6, y: 0, width: 0.4, height: 0.4 });
  });

  it.each([
    ['top-left', { x: 0.3, y: 0.3, width: 0.3, height: 0.3 }],
    ['top-right', { x: 0.2, y: 0.3, width: 0.5, height: 0.3 }],
    ['bottom-left', { x: 0.3, y: 0.2, width: 0.3, height: 0.5 }],
    ['bottom-right', { x: 0.2, y: 0.2, width: 0.5, height: 0.5 }],
  ] as const)('taken at %s keeps the opposite corner', (corner, wanted) => {
    expect(rounded(resizedBox(box, corner, { x: 0.1, y: 0.1 }))).toEqual(wanted);
  });

  it('turns over when a corner is drawn past the opposite one, and never gets too small to be seen', () => {
    expect(rounded(resizedBox(box, 'top-left', { x: 0.5, y: 0.5 }))).toEqual({ x: 0.6, y: 0.6, width: 0.1, height: 0.1 });
    expect(resizedBox(box, 'bottom-right', { x: -0.4, y: -0.4 })).toMatchObject({ width: smallestSide, height: smallestSide });
    const corner = { x: 1 - smallestSide, y: 1 - smallestSide, width: smallestSide, height: smallestSide };
    expect(rounded(resizedBox(corner, 'top-left', { x: 1, y: 1 }))).toEqual(rounded(corner));
  });

  it('is moved by arrow keys, resized with Shift, in small steps with Ctrl', () => {
    const plain = { large: false, small: false };
    expect(rounded(boxByKey(box, 'ArrowRight', plain) ?? box)).toMatchObject({ x: 0.21 });
    expect(rounded(boxByKey(box, 'ArrowUp', { ...plain, small: true }) ?? box)).toMatchObject({ y: 0.199 });
    expect(rounded(boxByKey(box, 'ArrowLeft', { ...plain, large: true }) ?? box)).toMatchObject({ x: 0.2, width: 0.39 });
    expect(boxByKey(box, 'Enter', plain)).toBeNull();
  });
});

describe('a selection in the field', () => {
  it('means what it shows also where lines end with two characters, of which the field counts one', () => {
    const text = 'name\r\nAda\r\nBo\r\n';
    const field = text.replaceAll('\r\n', '\n');
    for (const word of ['name', 'Ada', 'Bo', 'a\nB']) {
      const start = field.indexOf(word);
      const range = shownRange(text, { start, end: start + word.length });
      expect(text.slice(range.start, range.end)).toBe(word.replace('\n', '\r\n'));
    }
    expect(shownRange('a\nb\rc', { start: 2, end: 5 })).toEqual({ start: 2, end: 5 });
  });
});

describe('a long text', () => {
  it('is cut into parts at the ends of lines, or where there is none', () => {
    const text = 'one\ntwo\nthree';
    expect(textParts(text, 5).map(({ start, end }) => text.slice(start, end))).toEqual(['one\n', 'two\n', 'three']);
    expect(textParts('abcdefg', 3)).toEqual([
      { start: 0, end: 3 },
      { start: 3, end: 6 },
      { start: 6, end: 7 },
    ]);
    expect(textParts('')).toEqual([{ start: 0, end: 0 }]);
  });

  it('shows of a range what lies in the part', () => {
    const part = { start: 10, end: 20 };
    const ranges = [
      { start: 0, end: 5 },
      { start: 8, end: 12 },
      { start: 15, end: 16 },
      { start: 18, end: 30 },
    ];
    expect(rangesWithin(ranges, part)).toEqual([
      { start: 0, end: 2 },
      { start: 5, end: 6 },
      { start: 8, end: 10 },
    ]);
  });

  it('finds what is behind a selection of the masked text', () => {
    const text = 'aa SECRET bb 12 cc';
    const masked = [
      { start: 3, end: 9 },
      { start: 13, end: 15 },
    ];
    const shown = maskText(text, masked);
    expect(shown).toBe(`aa ${textMask} bb ${textMask} cc`);
    const select = (words: string, from = 0) => ({ start: shown.indexOf(words, from), end: shown.indexOf(words, from) + words.length });
    const behind = (selection: { start: number; end: number }) => {
      const { start, end } = selectedRange(masked, selection);
      return text.slice(start, end);
    };
    expect(behind(select('aa'))).toBe('aa');
    expect(behind(select('bb'))).toBe('bb');
    expect(behind(select('cc'))).toBe('cc');
    expect(behind({ start: 1, end: 5 })).toBe('a SECRET');
    expect(behind({ start: 5, end: shown.length })).toBe('SECRET bb 12 cc');
    expect(behind({ start: 0, end: shown.length })).toBe(text);
  });
});

describe('the editor', () => {
  const mark = { page: 1, ...box, reason: 'phi' as const };
  const edited = (...actions: Parameters<typeof edit>[1][]) => actions.reduce<EditorState>(edit, emptyEditor);

  it('begins with what was marked earlier, which undo does not take away', () => {
    const state = editorWith([mark, { ...mark, page: 2 }]);
    expect(state.marks).toEqual([
      { ...mark, id: 1 },
      { ...mark, page: 2, id: 2 },
    ]);
    expect(edit(state, { type: 'undo' }).marks).toHaveLength(2);
    expect(edit(state, { type: 'add', marks: [mark] }).marks.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(editorWith([])).toEqual(emptyEditor);
  });

  it('selects what was added and asks for it to be shown', () => {
    const state = edited({ type: 'add', marks: [mark, { ...mark, page: 2 }] });
    expect(state).toMatchObject({ selected: 2, wanted: 2, nextId: 3 });
    expect(edit(state, { type: 'shown' }).wanted).toBeNull();
    expect(edit(state, { type: 'add', marks: [] })).toBe(state);
    expect(edit(state, { type: 'show', id: 1 })).toMatchObject({ selected: 1, wanted: 1 });
  });

  it('takes one movement back as one step, however many there were in between', () => {
    const shape = (x: number, gesture: string) => ({ type: 'shape', id: 1, box: { ...box, x }, gesture }) as const;
    const state = edited({ type: 'add', marks: [mark] }, shape(0.3, 'drag 1'), shape(0.4, 'drag 1'), shape(0.5, 'drag 2'));
    expect(state.marks[0]?.x).toBe(0.5);
    const once = edit(state, { type: 'undo' });
    expect(once.marks[0]?.x).toBe(0.4);
    const twice = edit(once, { type: 'undo' });
    expect(twice.marks[0]?.x).toBe(0.2);
    expect(edit(edit(twice, { type: 'redo' }), { type: 'redo' }).marks[0]?.x).toBe(0.5);
    expect(edit(state, { type: 'redo' })).toBe(state);
  });

  it('forgets what could be redone when something else is done', () => {
    const state = edited({ type: 'add', marks: [mark] }, { type: 'undo' }, { type: 'add', marks: [mark] });
    expect(state.future).toEqual([]);
    expect(edited({ type: 'undo' })).toBe(emptyEditor);
  });

  it('changes reasons, removes, selects the next one, and undoes it', () => {
    const state = edited(
      { type: 'add', marks: [mark, mark, mark] },
      { type: 'reason', id: 2, reason: 'secret' },
      { type: 'select', id: 2 },
      { type: 'remove', id: 2 },
    );
    expect(state.marks.map(({ id }) => id)).toEqual([1, 3]);
    expect(state.selected).toBe(3);
    expect(edit(state, { type: 'undo' }).marks.map(({ reason }) => reason)).toEqual(['phi', 'secret', 'phi']);
    expect(edited({ type: 'add', marks: [mark] }, { type: 'remove', id: 1 }).selected).toBeNull();
    expect(edited({ type: 'add', marks: [mark] }, { type: 'undo' }).selected).toBeNull();
  });
});
