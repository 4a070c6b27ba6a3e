import { describe, expect, test, vi } from 'vitest';
import { AppError } from '../../../renderer/app-error.ts';
import type { AttachCalls } from '../../../renderer/evidence/attach-store.ts';
import { createAttachStore, mostDropped } from '../../../renderer/evidence/attach-store.ts';
import type { DroppedFolder } from '../../../renderer/evidence/transfer.ts';
import type { AttachResult } from '../../../shared/ipc/evidence.ts';
import type { PickedFile } from '../../../shared/ipc/shell.ts';
import type { FolderResult } from '../../../shared/ipc/ways-in.ts';
import { mostFolderFiles } from '../../../shared/ipc/ways-in.ts';
import type { Deferred } from './fixtures.ts';
import { auditId, deferred, evidence, settled } from './fixtures.ts';

const target = { auditId, controls: [] };
const picked = (...names: string[]) => names.map((name) => ({ name, token: `token-${name}` }) as PickedFile);
const file = (name: string, size = 3) => new File([new Uint8Array(size)], name);
const attached = (name: string, number: number): AttachResult => ({
  name,
  evidence: evidence(number),
  duplicateOf: null,
  places: [],
  error: null,
  identifiers: [],
});
const failed = (name: string): AttachResult => ({
  name,
  evidence: null,
  duplicateOf: null,
  places: [],
  error: { code: 'evidence.empty', message: 'Empty', hint: '' },
  identifiers: [],
});

const folder = (name: string, files: readonly string[] = []): DroppedFolder => ({
  name,
  walk: () => Promise.resolve({ files: files.map((path) => ({ file: file(path), relativePath: `${name}/${path}` })), unreadable: [] }),
});

function start() {
  const replies: Deferred<AttachResult[]>[] = [];
  const folderReplies: Deferred<FolderResult>[] = [];
  const names = new Map<string, string>();
  let numbers = 0;
  const calls: AttachCalls = {
    begin: ({ name }) => {
      names.set(`upload-${name}`, name);
      return Promise.resolve({ uploadId: `upload-${name}` });
    },
    chunk: () => Promise.resolve(null),
    finish: ({ uploadId }) => {
      const name = names.get(uploadId) ?? '';
      numbers += 1;
      return Promise.resolve(name.startsWith('bad') ? failed(name) : attached(name, numbers));
    },
    cancel: () => Promise.resolve(null),
    picked: vi.fn<AttachCalls['picked']>(() => {
      const reply = deferred<AttachResult[]>();
      replies.push(reply);
      return reply.promise;
    }),
    pickedFolder: vi.fn<AttachCalls['pickedFolder']>(() => {
      const reply = deferred<FolderResult>();
      folderReplies.push(reply);
      return reply.promise;
    }),
    cancelCall: vi.fn(),
    newCancelId: () => 7,
  };
  const store = createAttachStore(calls, () => 0);
  const lines = () => store.read().lines.map(({ name, kind, batch }) => `${batch} ${name} ${kind}`);
  return { store, calls, replies, folderReplies, lines };
}

describe('whoever asked for the files', () => {
  test('is told of those that came, picked or dropped, and of nothing when none did', async () => {
    const { store, replies } = start();
    const onArrived = vi.fn();
    const run = store.picked({ ...target, onArrived }, picked('a', 'b'));
    await settled();
    replies[0]?.resolve([attached('a', 1), failed('b')]);
    await run;
    await store.transferred({ ...target, onArrived }, { files: [file('c'), file('bad')], folders: [] });
    expect(onArrived.mock.calls).toEqual([[[evidence(1).id]], [[evidence(1).id]]]);
  });
});

describe('the results of attaching', () => {
  test('are those of the last batch; a new batch takes the earlier ones away', async () => {
    const { store, replies, lines } = start();
    const first = store.picked(target, picked('a', 'b'));
    await settled();
    replies[0]?.resolve([attached('a', 1), { ...attached('b', 2), duplicateOf: evidence(2).id }]);
    await first;
    expect(lines()).toEqual(['1 a attached', '1 b duplicate']);
    const second = store.picked(target, picked('c'));
    await settled();
    expect(lines()).toEqual([]);
    replies[1]?.resolve([attached('c', 3)]);
    await second;
    expect(lines()).toEqual(['2 c attached']);
  });

  test('files that were not taken stay, with their reason, until they are dismissed', async () => {
    const { store, lines } = start();
    await store.transferred(target, { files: [file('good'), file('bad')], folders: [folder('folder')] });
    await store.transferred(target, { files: [file('other')], folders: [] });
    expect(lines()).toEqual(['1 bad failed', '2 other attached']);
    const bad = store.read().lines.find(({ name }) => name === 'bad');
    expect(bad).toMatchObject({ error: { code: 'evidence.empty' } });
    store.dismiss(bad?.id);
    expect(lines()).toEqual(['2 other attached']);
    store.dismiss();
    expect(lines()).toEqual([]);
  });

  test('what went well vanishes when the auditor goes on to another control', async () => {
    const { store, lines } = start();
    await store.transferred(target, { files: [file('good'), file('bad')], folders: [] });
    store.settle();
    expect(lines()).toEqual(['1 bad failed']);
  });

  test('a batch that still runs keeps its results when the auditor goes on', async () => {
    const { store, replies, lines } = start();
    await store.transferred(target, { files: [file('good')], folders: [] });
    const running = store.picked(target, picked('a'));
    await settled();
    store.settle();
    replies[0]?.resolve([attached('a', 1)]);
    await running;
    store.settle();
    expect(lines()).toEqual([]);
  });

  test('an empty drop changes nothing', async () => {
    const { store, lines } = start();
    await store.transferred(target, { files: [file('good')], folders: [] });
    await store.transferred(target, { files: [], folders: [] });
    await store.picked(target, []);
    expect(lines()).toEqual(['1 good attached']);
  });

  test('folders alone are a batch of their own', async () => {
    const { store, calls, lines } = start();
    await store.transferred(target, { files: [file('good')], folders: [] });
    await store.transferred(target, { files: [], folders: [folder('folder')] });
    expect(lines()).toEqual(['2 folder folder']);
    expect(calls.picked).not.toHaveBeenCalled();
  });
});

describe('the queue', () => {
  test('runs one batch after the other, in their order', async () => {
    const { store, calls, replies, lines } = start();
    const first = store.picked(target, picked('a'));
    const second = store.picked(target, picked('b'));
    await settled();
    expect(calls.picked).toHaveBeenCalledTimes(1);
    replies[0]?.resolve([attached('a', 1)]);
    await first;
    await settled();
    expect(calls.picked).toHaveBeenCalledTimes(2);
    replies[1]?.resolve([attached('b', 2)]);
    await second;
    expect(lines()).toEqual(['2 b attached']);
    expect(store.read().progress).toBeNull();
  });

  test('shows how far the whole drop is, in bytes', async () => {
    const { store } = start();
    const seen: string[] = [];
    store.subscribe(() => {
      const { progress } = store.read();
      if (progress !== null) seen.push(`${progress.label} ${progress.done}/${progress.total}`);
    });
    await store.transferred(target, { files: [file('a', 2), file('b', 3)], folders: [] });
    expect([...new Set(seen)]).toEqual(['a 0/5', 'a 2/5', 'b 2/5', 'b 5/5']);
  });

  test('goes on after a batch that failed as a whole', async () => {
    const { store, replies, lines } = start();
    const first = store.picked(target, picked('a'));
    await settled();
    replies[0]?.reject(new AppError({ kind: 'bug', reference: 'x' }));
    await first;
    await store.transferred(target, { files: [file('b')], folders: [] });
    expect(lines()).toEqual(['1 a failed', '2 b attached']);
  });

  test('cancelling stops what runs and what waits, and tells each file', async () => {
    const { store, calls, replies, lines } = start();
    const first = store.picked(target, picked('a', 'b'));
    const second = store.transferred(target, { files: [file('c')], folders: [] });
    await settled();
    store.cancel();
    expect(calls.cancelCall).toHaveBeenCalledExactlyOnceWith(7);
    replies[0]?.resolve([attached('a', 1)]);
    await first;
    await second;
    expect(lines()).toEqual(['1 a attached', '1 b cancelled', '1 c cancelled']);
    const third = store.picked(target, picked('d'));
    await settled();
    replies[1]?.resolve([attached('d', 2)]);
    await third;
    expect(lines()).toEqual(['2 d attached']);
  });

  test('a lock forgets every file name, whatever still comes back', async () => {
    const { store, calls, replies } = start();
    const running = store.picked(target, picked('secret'));
    await settled();
    const options = vi.mocked(calls.picked).mock.calls[0]?.[1];
    store.reset();
    expect(store.read()).toEqual({ progress: null, lines: [] });
    options?.onProgress?.({ label: 'secret', done: 1, total: 2, unit: 'bytes', elapsed: 0 });
    replies[0]?.resolve([attached('secret', 1)]);
    await running;
    expect(store.read()).toEqual({ progress: null, lines: [] });
  });

  test('what hangs with a locked vault does not hold up the next one', async () => {
    const { store, lines } = start();
    void store.picked(target, picked('never'));
    await settled();
    store.reset();
    await store.transferred(target, { files: [file('next')], folders: [] });
    expect(lines()).toEqual(['2 next attached']);
  });
});

describe('folders', () => {
  test('that are dropped are walked, and their files are sent with the paths in them', async () => {
    const { store, calls, lines } = start();
    const begin = vi.spyOn(calls, 'begin');
    await store.transferred(target, { files: [], folders: [folder('site', ['a.txt', 'bad.txt'])] });
    expect(lines()).toEqual(['1 site folder', '1 site/a.txt attached', '1 site/bad.txt failed']);
    expect(begin.mock.calls.map(([{ name, details }]) => [name, details])).toEqual([
      ['a.txt', { relativePath: 'site/a.txt' }],
      ['bad.txt', { relativePath: 'site/bad.txt' }],
    ]);
  });

  test('with more files than are taken at a time are refused whole; what cannot be opened is told', async () => {
    expect(mostDropped).toBe(mostFolderFiles);
    const { store, lines } = start();
    const files = Array.from({ length: mostDropped + 1 }, () => ({ file: file('x'), relativePath: 'x' }));
    const large: DroppedFolder = { name: 'large', walk: () => Promise.resolve({ files, unreadable: [] }) };
    const closed: DroppedFolder = { name: 'closed', walk: () => Promise.resolve({ files: [], unreadable: ['closed/in'] }) };
    await store.transferred(target, { files: [], folders: [large, closed] });
    expect(lines()).toEqual(['1 large failed', '1 closed folder', '1 closed/in failed']);
  });

  test('that are picked end with a line for each file and one for what was not reached', async () => {
    const { store, calls, folderReplies, lines } = start();
    const [site] = picked('site');
    if (site === undefined) throw new Error('Nothing picked');
    const running = store.pickedFolder(target, site);
    await settled();
    store.cancel();
    expect(calls.cancelCall).toHaveBeenCalledExactlyOnceWith(7);
    folderReplies[0]?.resolve({ folder: 'site', results: [attached('a', 1), failed('b')], notReached: 3 });
    await running;
    expect(lines()).toEqual(['1 a attached', '1 b failed', '1 site not-reached']);
    const empty = store.pickedFolder(target, site);
    await settled();
    folderReplies[1]?.resolve({ folder: 'site', results: [], notReached: 0 });
    await empty;
    expect(lines()).toEqual(['1 b failed', '2 site folder']);
    const refused = store.pickedFolder(target, site);
    await settled();
    folderReplies[2]?.reject(new AppError({ kind: 'cancelled' }));
    await refused;
    expect(lines().at(-1)).toBe('3 site cancelled');
  });
});
