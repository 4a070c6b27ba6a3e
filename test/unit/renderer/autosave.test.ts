import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAutosave, typingDelay } from '../../../renderer/walkthrough/autosave.ts';
import { applyPatch } from '../../../renderer/walkthrough/patch.ts';
import type { Answer, AnswerFields, AnswerPatch } from '../../../shared/domain/answer.ts';
import type { ControlReference } from '../../../shared/domain/ids.ts';
import { controlKey } from '../../../shared/domain/ids.ts';
import type { SavedAnswer } from '../../../shared/ipc/answers.ts';
import type { Deferred } from './fixtures.ts';
import { answer, deferred, settled } from './fixtures.ts';

const one: ControlReference = { packId: 'pack', controlId: 'one' };
const two: ControlReference = { packId: 'pack', controlId: 'two' };
const [keyOne, keyTwo] = [controlKey(one), controlKey(two)];

/** A vault that answers each save when the test says so. */
function fakeVault() {
  const stored = new Map<string, Answer>([
    [keyOne, answer(one)],
    [keyTwo, answer(two)],
  ]);
  const calls: { reference: ControlReference; patch: AnswerPatch; reply: Deferred<SavedAnswer> }[] = [];
  return {
    calls,
    stored,
    patches: () => calls.map(({ patch }) => patch),
    save(reference: ControlReference, patch: AnswerPatch): Promise<SavedAnswer> {
      const reply = deferred<SavedAnswer>();
      calls.push({ reference, patch, reply });
      return reply.promise;
    },
    /** Applies the save and acknowledges it. */
    async acknowledge(index: number): Promise<void> {
      const call = calls[index];
      if (call === undefined) throw new Error(`There is no save ${index}`);
      const key = controlKey(call.reference);
      const before = stored.get(key) ?? answer(call.reference);
      const after = applyPatch(before, call.patch);
      stored.set(key, after);
      const fields = Object.keys(call.patch) as (keyof AnswerFields)[];
      const undo = Object.fromEntries(fields.map((field) => [field, before[field]])) as AnswerPatch;
      call.reply.resolve({ answer: after, savedAt: `2026-03-01T10:00:0${index}.000Z`, undo });
      await settled();
    },
    async refuse(index: number, error: unknown): Promise<void> {
      calls[index]?.reply.reject(error);
      await settled();
    },
  };
}

function start() {
  const vault = fakeVault();
  let clock = 0;
  const autosave = createAutosave(
    (reference, patch) => vault.save(reference, patch),
    () => clock,
  );
  autosave.loaded(answer(one), 0);
  autosave.loaded(answer(two), 0);
  return { vault, autosave, wait: (milliseconds: number) => (clock += milliseconds) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('saving', () => {
  test('typed text is saved once, after a pause in typing', () => {
    const { vault, autosave } = start();
    for (const rationale of ['T', 'Th', 'The']) {
      autosave.edit(one, { rationale }, true);
      vi.advanceTimersByTime(typingDelay - 1);
    }
    expect(vault.calls).toHaveLength(0);
    vi.advanceTimersByTime(1);
    expect(vault.patches()).toEqual([{ rationale: 'The' }]);
  });

  test('a chosen value is saved at once and takes the text that waits along', () => {
    const { vault, autosave } = start();
    autosave.edit(one, { rationale: 'Half a sen' }, true);
    autosave.edit(one, { verdict: 'compliant' });
    expect(vault.patches()).toEqual([{ rationale: 'Half a sen', verdict: 'compliant' }]);
    vi.advanceTimersByTime(10 * typingDelay);
    expect(vault.calls).toHaveLength(1);
  });

  test('the screen shows a change before it is saved, and says "saved" only after it is', async () => {
    const { vault, autosave } = start();
    autosave.edit(one, { verdict: 'compliant' });
    expect(autosave.read(keyOne)?.answer.verdict).toBe('compliant');
    expect(autosave.read(keyOne)?.status).toEqual({ kind: 'pending' });
    await vault.acknowledge(0);
    expect(autosave.read(keyOne)?.status).toEqual({ kind: 'saved', at: '2026-03-01T10:00:00.000Z' });
    expect(autosave.unsaved()).toBe(false);
  });

  test('nothing is saved when nothing changed', () => {
    const { vault, autosave } = start();
    autosave.edit(one, { verdict: 'not-assessed', rationale: '' });
    autosave.edit(one, { questions: { q1: { value: null, note: '' } } });
    expect(vault.calls).toHaveLength(0);
    expect(autosave.read(keyOne)?.status).toEqual({ kind: 'idle' });
  });

  test('a control that was never loaded is not saved', () => {
    const { vault, autosave } = start();
    autosave.edit({ packId: 'pack', controlId: 'three' }, { verdict: 'compliant' });
    expect(vault.calls).toHaveLength(0);
    expect(autosave.read('pack/three')).toBeNull();
  });

  test('the saves of one control follow each other, those of two controls do not wait for each other', async () => {
    const { vault, autosave } = start();
    autosave.edit(one, { verdict: 'compliant' });
    autosave.edit(one, { verdict: 'non-compliant' });
    autosave.edit(one, { workStatus: 'in-progress' });
    autosave.edit(two, { verdict: 'not-applicable' });
    expect(vault.calls.map(({ reference, patch }) => [reference.controlId, patch])).toEqual([
      ['one', { verdict: 'compliant' }],
      ['two', { verdict: 'not-applicable' }],
    ]);
    await vault.acknowledge(0);
    expect(vault.patches()[2]).toEqual({ verdict: 'non-compliant', workStatus: 'in-progress' });
    await vault.acknowledge(1);
    await vault.acknowledge(2);
    expect(vault.calls).toHaveLength(3);
    expect(vault.stored.get(keyOne)?.verdict).toBe('non-compliant');
  });

  test('what is read stays the same object until something changes, so that the screen is not drawn for nothing', () => {
    const { autosave } = start();
    const listener = vi.fn();
    autosave.subscribe(listener);
    const before = autosave.read(keyOne);
    autosave.edit(two, { verdict: 'compliant' });
    expect(autosave.read(keyOne)).toBe(before);
    autosave.edit(one, { verdict: 'compliant' });
    expect(autosave.read(keyOne)).not.toBe(before);
    expect(listener).toHaveBeenCalledTimes(2);
  });
});

describe('order', () => {
  test('an acknowledgement never replaces what was typed since', async () => {
    const { vault, autosave } = start();
    autosave.edit(one, { rationale: 'The' }, true);
    vi.advanceTimersByTime(typingDelay);
    autosave.edit(one, { rationale: 'The log' }, true);
    await vault.acknowledge(0);
    expect(autosave.read(keyOne)?.answer.rationale).toBe('The log');
    expect(autosave.read(keyOne)?.status).toEqual({ kind: 'pending' });
    await vault.acknowledge(1);
    expect(vault.stored.get(keyOne)?.rationale).toBe('The log');
  });

  test('an answer loaded before a save was acknowledged is older and is not taken', async () => {
    const { vault, autosave } = start();
    const version = autosave.version(keyOne);
    autosave.edit(one, { rationale: 'Newest' });
    await vault.acknowledge(0);
    autosave.loaded(answer({ ...one, rationale: 'Oldest' }), version);
    expect(autosave.read(keyOne)?.answer.rationale).toBe('Newest');
  });

  test('an answer loaded while text waits lies under that text', () => {
    const { autosave } = start();
    autosave.edit(one, { rationale: 'Being typed' }, true);
    autosave.loaded(answer({ ...one, rationale: 'From elsewhere', verdict: 'compliant' }), autosave.version(keyOne));
    const shown = autosave.read(keyOne)?.answer;
    expect(shown?.rationale).toBe('Being typed');
    expect(shown?.verdict).toBe('compliant');
  });

  test('an answer that was changed elsewhere is taken when nothing waits', () => {
    const { autosave } = start();
    autosave.loaded(answer({ ...one, verdict: 'non-compliant' }), autosave.version(keyOne));
    expect(autosave.read(keyOne)?.answer.verdict).toBe('non-compliant');
  });
});

describe('flush, as on leaving a control and on the lock', () => {
  test('saves the text that waits, without the pause, and ends when it is acknowledged', async () => {
    const { vault, autosave } = start();
    autosave.edit(one, { rationale: 'One' }, true);
    autosave.edit(two, { rationale: 'Two' }, true);
    const done = vi.fn();
    void autosave.flush().then(done);
    expect(vault.patches()).toEqual([{ rationale: 'One' }, { rationale: 'Two' }]);
    await vault.acknowledge(0);
    expect(done).not.toHaveBeenCalled();
    await vault.acknowledge(1);
    expect(done).toHaveBeenCalledExactlyOnceWith(true);
    vi.advanceTimersByTime(10 * typingDelay);
    expect(vault.calls).toHaveLength(2);
  });

  test('also waits for what was typed while a save was under way', async () => {
    const { vault, autosave } = start();
    autosave.edit(one, { verdict: 'compliant' });
    autosave.edit(one, { rationale: 'Last words' }, true);
    const done = vi.fn();
    void autosave.flush().then(done);
    await vault.acknowledge(0);
    expect(done).not.toHaveBeenCalled();
    await vault.acknowledge(1);
    expect(done).toHaveBeenCalledExactlyOnceWith(true);
    expect(vault.stored.get(keyOne)?.rationale).toBe('Last words');
  });

  test('says so when something could not be saved', async () => {
    const { vault, autosave } = start();
    autosave.edit(one, { rationale: 'One' }, true);
    const done = vi.fn();
    void autosave.flush().then(done);
    await vault.refuse(0, new Error('disk full'));
    expect(done).toHaveBeenCalledExactlyOnceWith(false);
    expect(autosave.unsaved()).toBe(true);
  });

  test('is at once over when nothing waits', async () => {
    const { autosave } = start();
    expect(await autosave.flush()).toBe(true);
  });
});

describe('failure', () => {
  test('keeps the text and the reason, and saves it on retry', async () => {
    const { vault, autosave } = start();
    const error = new Error('disk full');
    autosave.edit(one, { rationale: 'Worth keeping' }, true);
    vi.advanceTimersByTime(typingDelay);
    await vault.refuse(0, error);
    expect(autosave.read(keyOne)).toMatchObject({ answer: { rationale: 'Worth keeping' }, status: { kind: 'failed', error } });
    autosave.retry(keyOne);
    expect(vault.patches()[1]).toEqual({ rationale: 'Worth keeping' });
    await vault.acknowledge(1);
    expect(autosave.read(keyOne)?.status.kind).toBe('saved');
  });

  test('what is typed after a failure is saved together with what failed', async () => {
    const { vault, autosave } = start();
    autosave.edit(one, { verdict: 'compliant' });
    await vault.refuse(0, new Error('disk full'));
    autosave.edit(one, { rationale: 'More' }, true);
    vi.advanceTimersByTime(typingDelay);
    expect(vault.patches()[1]).toEqual({ verdict: 'compliant', rationale: 'More' });
  });

  test('what was typed while a save was failing stays on top of it', async () => {
    const { vault, autosave } = start();
    autosave.edit(one, { rationale: 'The' }, true);
    vi.advanceTimersByTime(typingDelay);
    autosave.edit(one, { rationale: 'The log' }, true);
    await vault.refuse(0, new Error('disk full'));
    expect(autosave.read(keyOne)?.answer.rationale).toBe('The log');
    void autosave.flush();
    await vault.acknowledge(1);
    await vault.acknowledge(2);
    expect(vault.stored.get(keyOne)?.rationale).toBe('The log');
  });

  test('a retry without anything unsaved does nothing', () => {
    const { vault, autosave } = start();
    autosave.retry(keyOne);
    autosave.retry('pack/three');
    expect(vault.calls).toHaveLength(0);
  });
});

describe('undo and redo', () => {
  test('undo takes the newest change back in the vault and says where it was', async () => {
    const { vault, autosave } = start();
    autosave.edit(one, { verdict: 'compliant' });
    await vault.acknowledge(0);
    autosave.edit(two, { verdict: 'non-compliant' });
    await vault.acknowledge(1);
    expect(await autosave.undo()).toEqual(two);
    await vault.acknowledge(2);
    expect(vault.stored.get(keyTwo)?.verdict).toBe('not-assessed');
    expect(await autosave.redo()).toEqual(two);
    await vault.acknowledge(3);
    expect(vault.stored.get(keyTwo)?.verdict).toBe('non-compliant');
    expect(await autosave.redo()).toBeNull();
  });

  test('text that was not saved yet is saved first, and is what undo takes back', async () => {
    const { vault, autosave } = start();
    autosave.edit(one, { rationale: 'Oops' }, true);
    const undone = autosave.undo();
    await vault.acknowledge(0);
    expect(await undone).toEqual(one);
    expect(vault.patches()[1]).toEqual({ rationale: '' });
    expect(autosave.read(keyOne)?.answer.rationale).toBe('');
  });

  test('one stretch of typing is one step, also when it was saved in parts', async () => {
    const { vault, autosave, wait } = start();
    for (const [index, rationale] of ['The', 'The log', 'The log shows'].entries()) {
      wait(1000);
      autosave.edit(one, { rationale }, true);
      vi.advanceTimersByTime(typingDelay);
      await vault.acknowledge(index);
    }
    await autosave.undo();
    await vault.acknowledge(3);
    expect(vault.stored.get(keyOne)?.rationale).toBe('');
    expect(await autosave.undo()).toBeNull();
  });

  test('nothing is taken back while something cannot be saved', async () => {
    const { vault, autosave } = start();
    autosave.edit(one, { verdict: 'compliant' });
    await vault.acknowledge(0);
    autosave.edit(one, { rationale: 'More' }, true);
    const undone = autosave.undo();
    await vault.refuse(1, new Error('disk full'));
    expect(await undone).toBeNull();
    expect(autosave.read(keyOne)?.answer).toMatchObject({ verdict: 'compliant', rationale: 'More' });
  });
});
