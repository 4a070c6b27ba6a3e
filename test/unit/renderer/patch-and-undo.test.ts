import { describe, expect, test } from 'vitest';
import { applyPatch, isEmptyPatch, mergePatches, patchFields, withoutUnchanged } from '../../../renderer/walkthrough/patch.ts';
import type { UndoHistory, UndoStep } from '../../../renderer/walkthrough/undo.ts';
import { emptyHistory, remember, rememberRedone, rememberUndone, takeRedo, takeUndo } from '../../../renderer/walkthrough/undo.ts';
import type { AnswerPatch } from '../../../shared/domain/answer.ts';
import { answer } from './fixtures.ts';

const yes = { value: 'yes', note: '' } as const;
const no = { value: 'no', note: 'seen' } as const;

describe('patches', () => {
  test('the later patch wins field by field and question by question', () => {
    const merged = mergePatches(
      { verdict: 'compliant', rationale: 'old', questions: { q1: yes, q2: yes } },
      { rationale: 'new', questions: { q2: no } },
    );
    expect(merged).toEqual({ verdict: 'compliant', rationale: 'new', questions: { q1: yes, q2: no } });
    expect(mergePatches({ questions: { q1: yes } }, { verdict: 'compliant' })).toEqual({ questions: { q1: yes }, verdict: 'compliant' });
  });

  test('merging first or applying one after the other comes to the same', () => {
    const first: AnswerPatch = { verdict: 'compliant', questions: { q1: yes } };
    const second: AnswerPatch = { workStatus: 'reviewed', questions: { q1: no, q2: yes } };
    const before = answer({ questions: { q3: yes } });
    expect(applyPatch(before, mergePatches(first, second))).toEqual(applyPatch(applyPatch(before, first), second));
  });

  test('what has the value already is left out, down to the question', () => {
    const before = answer({ verdict: 'compliant', methods: ['test'], questions: { q1: yes } });
    expect(withoutUnchanged(before, { verdict: 'compliant', methods: ['test'], questions: { q1: yes } })).toEqual({});
    expect(withoutUnchanged(before, { methods: ['test', 'examine'], questions: { q1: yes, q2: no } })).toEqual({
      methods: ['test', 'examine'],
      questions: { q2: no },
    });
    expect(withoutUnchanged(before, { questions: { q9: { value: null, note: '' } } })).toEqual({});
  });

  test('a patch is named after what it touches', () => {
    expect(patchFields({ verdict: 'compliant', rationale: '' })).toBe('rationale,verdict');
    expect(patchFields({ questions: { q2: yes, q1: yes } })).toBe('questions:q1+q2');
    expect(isEmptyPatch({})).toBe(true);
    expect(isEmptyPatch({ rationale: '' })).toBe(false);
  });
});

describe('the undo history', () => {
  const step = (change: Partial<UndoStep> = {}): UndoStep => ({
    reference: { packId: 'pack', controlId: 'one' },
    patch: { rationale: '' },
    typed: true,
    at: 0,
    ...change,
  });
  const remembered = (...steps: UndoStep[]): UndoHistory => steps.reduce(remember, emptyHistory);

  test('typing in the same text melts into one step that leads back to the beginning', () => {
    const history = remembered(step({ at: 0, patch: { rationale: 'a' } }), step({ at: 3000, patch: { rationale: 'b' } }));
    expect(history.past).toEqual([step({ at: 3000, patch: { rationale: 'a' } })]);
  });

  test('a pause, another field, another control or a chosen value begins a step of its own', () => {
    const first = step({ patch: { rationale: 'a' } });
    expect(remembered(first, step({ at: 4000 })).past).toHaveLength(2);
    expect(remembered(first, step({ patch: { questions: { q1: yes } } })).past).toHaveLength(2);
    expect(remembered(first, step({ reference: { packId: 'pack', controlId: 'two' } })).past).toHaveLength(2);
    expect(remembered(first, step({ typed: false })).past).toHaveLength(2);
  });

  test('a new change forgets what could have been redone; undoing and redoing does not', () => {
    const undone = rememberUndone(remembered(step(), step({ at: 9000 })), step({ at: 10_000 }));
    expect(takeRedo(undone)?.step.at).toBe(10_000);
    expect(rememberRedone(undone, step()).future).toHaveLength(1);
    expect(remember(undone, step({ at: 20_000 })).future).toEqual([]);
  });

  test('steps are taken newest first, and there is an end to it', () => {
    const history = remembered(step({ at: 0 }), step({ at: 9000 }));
    const newest = takeUndo(history);
    expect(newest?.step.at).toBe(9000);
    expect(takeUndo(newest?.history ?? emptyHistory)?.step.at).toBe(0);
    expect(takeUndo(emptyHistory)).toBeNull();
    expect(takeRedo(emptyHistory)).toBeNull();
  });

  test('it holds the newest two hundred steps', () => {
    const steps = Array.from({ length: 250 }, (_, index) => step({ at: index, typed: false }));
    const { past } = remembered(...steps);
    expect(past).toHaveLength(200);
    expect(past[0]?.at).toBe(50);
  });
});
