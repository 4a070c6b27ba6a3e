import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDrafts, typingDelay } from '../../../renderer/record/drafts.ts';
import type { Deferred } from './fixtures.ts';
import { deferred, settled } from './fixtures.ts';

interface Note {
  readonly id: string;
  readonly updatedAt: string;
  readonly title: string;
  readonly text: string;
}
type Patch = Partial<Pick<Note, 'title' | 'text'>>;

const note: Note = { id: 'n', updatedAt: '2026-03-01T10:00:00.000Z', title: '', text: '' };

function start() {
  const saves: { id: string; patch: Patch; reply: Deferred<Note> }[] = [];
  const onSaved = vi.fn();
  const drafts = createDrafts<Note, Patch>((id, patch) => {
    const reply = deferred<Note>();
    saves.push({ id, patch, reply });
    return reply.promise;
  }, onSaved);
  let stored = note;
  const acknowledge = async (index: number) => {
    stored = { ...stored, ...saves[index]?.patch, updatedAt: `2026-03-01T11:00:0${index}.000Z` };
    saves[index]?.reply.resolve(stored);
    await settled();
  };
  const refuse = async (index: number, error: unknown) => {
    saves[index]?.reply.reject(error);
    await settled();
  };
  return { drafts, saves, onSaved, acknowledge, refuse, patches: () => saves.map(({ patch }) => patch) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('drafts of findings and tasks', () => {
  test('typed text is shown at once and saved once, after a pause', async () => {
    const { drafts, patches, acknowledge, onSaved } = start();
    drafts.edit('n', { title: 'Lo' }, true);
    vi.advanceTimersByTime(typingDelay - 1);
    drafts.edit('n', { title: 'Logs' }, true);
    vi.advanceTimersByTime(typingDelay - 1);
    expect(patches()).toEqual([]);
    expect(drafts.overlay(note).title).toBe('Logs');
    vi.advanceTimersByTime(1);
    expect(patches()).toEqual([{ title: 'Logs' }]);
    expect(drafts.status('n')).toEqual({ kind: 'pending' });
    await acknowledge(0);
    expect(drafts.status('n')).toEqual({ kind: 'saved', at: '2026-03-01T11:00:00.000Z' });
    expect(onSaved).toHaveBeenCalledExactlyOnceWith('2026-03-01T11:00:00.000Z');
  });

  test('a chosen value is saved at once together with the text that waits', () => {
    const { drafts, patches } = start();
    drafts.edit('n', { title: 'Logs' }, true);
    drafts.edit('n', { text: 'chosen' }, false);
    vi.advanceTimersByTime(10 * typingDelay);
    expect(patches()).toEqual([{ title: 'Logs', text: 'chosen' }]);
  });

  test('one save at a time per record; what is typed meanwhile follows and is never replaced', async () => {
    const { drafts, patches, acknowledge } = start();
    drafts.edit('n', { title: 'one' }, false);
    drafts.edit('n', { title: 'two' }, false);
    drafts.edit('m', { title: 'other' }, false);
    expect(patches()).toEqual([{ title: 'one' }, { title: 'other' }]);
    await acknowledge(0);
    expect(drafts.overlay(note).title).toBe('two');
    expect(patches()[2]).toEqual({ title: 'two' });
  });

  test('a list read before the save was acknowledged does not bring the old text back', async () => {
    const { drafts, acknowledge } = start();
    drafts.edit('n', { title: 'new' }, false);
    await acknowledge(0);
    expect(drafts.overlay(note).title).toBe('new');
    expect(drafts.overlay({ ...note, title: 'newest', updatedAt: '2026-03-02T00:00:00.000Z' }).title).toBe('newest');
    expect(drafts.overlay({ ...note, id: 'unknown' })).toEqual({ ...note, id: 'unknown' });
  });

  test('a failure keeps the text, under what was typed since, and a retry saves both', async () => {
    const { drafts, patches, acknowledge, refuse } = start();
    const error = new Error('disk full');
    drafts.edit('n', { title: 'one', text: 'kept' }, false);
    drafts.edit('n', { title: 'two' }, true);
    await refuse(0, error);
    expect(drafts.status('n')).toEqual({ kind: 'failed', error });
    expect(drafts.overlay(note)).toMatchObject({ title: 'two', text: 'kept' });
    drafts.retry('n');
    expect(patches()[1]).toEqual({ title: 'two', text: 'kept' });
    await acknowledge(1);
    expect(drafts.status('n').kind).toBe('saved');
    drafts.retry('n');
    drafts.retry('unknown');
    expect(patches()).toHaveLength(2);
  });

  test('flush saves what waits and ends when it is acknowledged', async () => {
    const { drafts, patches, acknowledge } = start();
    drafts.edit('n', { title: 'one' }, true);
    const done = vi.fn();
    void drafts.flush().then(done);
    expect(patches()).toEqual([{ title: 'one' }]);
    await settled();
    expect(done).not.toHaveBeenCalled();
    await acknowledge(0);
    expect(done).toHaveBeenCalledTimes(1);
  });

  test('flush also ends when the save fails', async () => {
    const { drafts, refuse } = start();
    drafts.edit('n', { title: 'one' }, true);
    const done = vi.fn();
    void drafts.flush().then(done);
    await refuse(0, new Error('disk full'));
    expect(done).toHaveBeenCalledTimes(1);
  });

  test('nothing is saved for a record that was removed, also when a save was under way', async () => {
    const { drafts, patches, acknowledge } = start();
    drafts.edit('n', { title: 'one' }, false);
    drafts.edit('n', { title: 'two' }, true);
    drafts.forget('n');
    drafts.forget('unknown');
    await acknowledge(0);
    vi.advanceTimersByTime(10 * typingDelay);
    expect(patches()).toEqual([{ title: 'one' }]);
    expect(drafts.status('n')).toEqual({ kind: 'idle' });
  });

  test('followers hear of every change', async () => {
    const { drafts, acknowledge } = start();
    const listener = vi.fn();
    const stop = drafts.subscribe(listener);
    const before = drafts.version();
    drafts.edit('n', { title: 'one' }, false);
    await acknowledge(0);
    expect(listener).toHaveBeenCalledTimes(2);
    expect(drafts.version()).toBe(before + 2);
    stop();
    drafts.edit('n', { title: 'two' }, false);
    expect(listener).toHaveBeenCalledTimes(2);
  });
});
