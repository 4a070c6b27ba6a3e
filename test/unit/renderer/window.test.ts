import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { checkKey, goToCheck } from '../../../renderer/check-target.ts';
import type { Command } from '../../../renderer/commands.ts';
import { allCommands, keysOf, registered, runCommand } from '../../../renderer/commands.ts';
import { foundPlace } from '../../../renderer/frame/found-place.ts';
import { rank } from '../../../renderer/frame/fuzzy.ts';
import { flushPending, registerFlush } from '../../../renderer/pending.ts';
import { goBack, navigate, place, resetPlaces } from '../../../renderer/router.ts';
import { markSaved, savedAt } from '../../../renderer/saved.ts';
import { fingerprintGroups, outcomeOf, shortFingerprint, splitProblems } from '../../../renderer/verify/verdict.ts';
import type { Check } from '../../../shared/domain/checks.ts';
import type { EvidenceId, FindingId, TaskId } from '../../../shared/domain/ids.ts';
import type { Verification } from '../../../shared/domain/verification.ts';
import { auditId, deferred } from './fixtures.ts';

describe('the way through the screens', () => {
  beforeEach(resetPlaces);
  afterEach(resetPlaces);

  test('keeps the audit unless another is given', () => {
    navigate('dashboard', {}, auditId);
    navigate('evidence', { query: 'log' });
    expect(place.get()).toEqual({ screen: 'evidence', auditId, target: { query: 'log' } });
  });

  test('leads back step by step, and stays where it began', () => {
    navigate('dashboard', {}, auditId);
    navigate('plan');
    goBack();
    expect(place.get().screen).toBe('dashboard');
    goBack();
    goBack();
    expect(place.get()).toEqual({ screen: 'audits', auditId: null, target: {} });
  });

  test('forgets every place for another vault', () => {
    navigate('dashboard', {}, auditId);
    resetPlaces();
    goBack();
    expect(place.get().auditId).toBeNull();
  });

  test('saves what was typed on the way', () => {
    const flush = vi.fn(() => Promise.resolve());
    const unregister = registerFlush(flush);
    navigate('plan');
    goBack();
    unregister();
    navigate('plan');
    expect(flush).toHaveBeenCalledTimes(2);
  });
});

describe('what is typed and not saved yet', () => {
  test('the lock waits until all of it is saved', async () => {
    const first = deferred<void>();
    const second = deferred<void>();
    const unregister = [registerFlush(() => first.promise), registerFlush(() => second.promise)];
    const done = vi.fn();
    const flushed = flushPending().then(done);
    first.resolve();
    await Promise.resolve();
    expect(done).not.toHaveBeenCalled();
    second.resolve();
    await flushed;
    expect(done).toHaveBeenCalledTimes(1);
    for (const stop of unregister) stop();
  });

  test('one that fails, even at once, does not keep the others from being saved', async () => {
    const last = vi.fn(() => Promise.resolve());
    const unregister = [
      registerFlush(() => Promise.reject(new Error('disk full'))),
      registerFlush(() => {
        throw new Error('broken');
      }),
      registerFlush(last),
    ];
    await flushPending();
    expect(last).toHaveBeenCalledTimes(1);
    for (const stop of unregister) stop();
  });
});

test('the time of the last save never goes back', () => {
  markSaved('2026-03-01T10:00:00.000Z');
  markSaved('2026-03-01T09:00:00.000Z');
  expect(savedAt.get()).toBe('2026-03-01T10:00:00.000Z');
  markSaved('2026-03-01T11:00:00.000Z');
  expect(savedAt.get()).toBe('2026-03-01T11:00:00.000Z');
});

describe('commands', () => {
  const command = (id: string, change: Partial<Command> = {}): Command => ({ id, title: id, run: vi.fn(), ...change });
  afterEach(() => registered.set([]));

  test('with the same id are one; the later registration wins', () => {
    const first = command('save');
    const second = command('save');
    registered.set([[first, command('other')], [second]]);
    expect(allCommands().map(({ id }) => id)).toEqual(['save', 'other']);
    expect(runCommand('save')).toBe(true);
    expect(first.run).not.toHaveBeenCalled();
    expect(second.run).toHaveBeenCalledTimes(1);
    expect(runCommand('unknown')).toBe(false);
  });

  test('have no, one or several keys', () => {
    expect(keysOf(command('a'))).toEqual([]);
    expect(keysOf(command('a', { keys: 'j' }))).toEqual(['j']);
    expect(keysOf(command('a', { keys: ['Mod+K', 'g w'] }))).toEqual(['Mod+K', 'g w']);
  });
});

describe('the palette', () => {
  const entries = ['Action plan', 'Attach files', 'Go to Review', 'Mark ready for review', 'Transmission security'].map((title) => ({
    title,
    detail: title === 'Transmission security' ? '164.312(e)(1)' : '',
  }));
  const found = (text: string) => rank(entries, text).map(({ title }) => title);

  test('shows an excerpt from shortly before what was found', () => {
    const excerpt = (text: string) =>
      foundPlace(text.split(/(\[.*?\])/).map((part) => ({ text: part.replace(/[[\]]/g, ''), found: part.startsWith('[') })));
    expect(excerpt('the [quartz] crystal')).toBe('the quartz crystal');
    expect(excerpt('a long line that ends before the [quartz] crystal')).toBe('…before the quartz crystal');
    expect(excerpt('監視の記録は毎日見直すこととし[証跡]が残る')).toBe('…記録は毎日見直すこととし証跡が残る');
    expect(excerpt('nothing marked')).toBe('nothing marked');
  });

  test('shows everything in its order while nothing is typed', () => {
    expect(found('  ')).toEqual(entries.map(({ title }) => title));
  });

  test('puts beginnings of words before the middle of words', () => {
    const titles = rank(
      [
        { title: 'Reports', detail: '' },
        { title: 'Open ports', detail: '' },
      ],
      'port',
    ).map(({ title }) => title);
    expect(titles).toEqual(['Open ports', 'Reports']);
    expect(found('plan')).toEqual(['Action plan']);
  });

  test('finds initials and the detail, whatever the case', () => {
    expect(found('AP')[0]).toBe('Action plan');
    expect(found('af')).toContain('Attach files');
    expect(found('312(e)')).toEqual(['Transmission security']);
    expect(rank([{ title: 'Überprüfung', detail: '' }], 'uberpr')).toHaveLength(1);
  });

  test('finds nothing for letters that do not occur in order', () => {
    expect(found('xyz')).toEqual([]);
    expect(found('nalp')).toEqual([]);
  });
});

describe('an open check', () => {
  const check: Check = {
    code: 'task-overdue',
    severity: 'blocking',
    control: null,
    evidenceId: null,
    findingId: null,
    taskId: null,
    subject: '',
    citation: '',
  };
  const control = { packId: 'pack', controlId: 'one' };

  test.each([
    [{ control }, ['walkthrough', { controlKey: 'pack/one' }], 'task-overdue pack/one'],
    [{ evidenceId: 'e' as EvidenceId }, ['evidence', { evidenceId: 'e' }], 'task-overdue e'],
    [{ findingId: 'f' as FindingId }, ['findings', { findingId: 'f' }], 'task-overdue f'],
    [{ taskId: 't' as TaskId }, ['plan', { taskId: 't' }], 'task-overdue t'],
  ])('%j leads to what it is about', (about, goal, key) => {
    const go = vi.fn();
    goToCheck({ ...check, ...about }, go);
    expect(go.mock.calls).toEqual([goal]);
    expect(checkKey({ ...check, ...about })).toBe(key);
  });

  test('about nothing leads nowhere', () => {
    const go = vi.fn();
    goToCheck(check, go);
    expect(go).not.toHaveBeenCalled();
  });
});

describe('the verdict on a report', () => {
  const verification = (change: Partial<Verification>): Verification => ({
    genuine: false,
    signatures: [],
    manifest: { present: true, matches: true, trailHead: '' },
    problems: [],
    ...change,
  });
  const signature = { signer: '', fingerprint: '', signedAt: '', level: '', valid: false, covers: '', reason: '' };
  const outcome = (change: Partial<Verification>) => outcomeOf({ name: 'a.pdf', verification: verification(change), error: null });

  test('is genuine, not genuine, without a signature, or that it cannot be read', () => {
    expect(outcome({ genuine: true, signatures: [signature] })).toBe('genuine');
    expect(outcome({ signatures: [signature] })).toBe('not-genuine');
    expect(outcome({})).toBe('no-signature');
    expect(outcomeOf({ name: 'a.pdf', verification: null, error: new Error('no PDF') })).toBe('unreadable');
  });

  test('tells what speaks against it apart from what is only worth knowing', () => {
    const problems = ['draft', 'changed', 'unknown-signer', 'anything-new'].map((code) => ({ code, message: '', where: '' }));
    const { faults, notes } = splitProblems(problems);
    expect(faults.map(({ code }) => code)).toEqual(['changed', 'anything-new']);
    expect(notes.map(({ code }) => code)).toEqual(['draft', 'unknown-signer']);
  });

  test('shows a fingerprint in groups of four pairs, or its beginning', () => {
    const fingerprint = Array.from({ length: 32 }, (_, index) => index.toString(16).padStart(2, '0').toUpperCase()).join(':');
    expect(fingerprintGroups(fingerprint)).toHaveLength(8);
    expect(fingerprintGroups(fingerprint)[1]).toBe('04:05:06:07');
    expect(fingerprintGroups(fingerprint).join(':')).toBe(fingerprint);
    expect(shortFingerprint(fingerprint)).toBe('00:01:02:03:04:05');
  });
});
