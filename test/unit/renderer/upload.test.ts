import { describe, expect, test, vi } from 'vitest';
import { AppError } from '../../../renderer/app-error.ts';
import type { UploadCalls, UploadFile } from '../../../renderer/evidence/upload.ts';
import { chunkSize, upload } from '../../../renderer/evidence/upload.ts';
import type { AttachResult } from '../../../shared/ipc/evidence.ts';
import { uploadChunkLimit } from '../../../shared/ipc/evidence.ts';
import type { Deferred } from './fixtures.ts';
import { auditId, deferred, settled } from './fixtures.ts';

const result: AttachResult = { name: 'file.bin', evidence: null, duplicateOf: null, places: [], error: null, identifiers: [] };

/** A file of which every slice is noted when it is read. */
function fakeFile(size: number, change: Partial<UploadFile> = {}): UploadFile & { readonly reads: number[] } {
  const reads: number[] = [];
  return {
    name: 'file.bin',
    size,
    reads,
    slice: (start, end) => ({
      arrayBuffer: () => {
        reads.push(start);
        return Promise.resolve(new Uint8Array(end - start).fill(start / chunkSize).buffer);
      },
    }),
    ...change,
  };
}

/** Calls that note what they are given; chunks wait for the test when `held`. */
function fakeCalls({ held = false } = {}) {
  const acknowledgements: Deferred<null>[] = [];
  const calls = {
    begin: vi.fn<UploadCalls['begin']>(() => Promise.resolve({ uploadId: 'upload' })),
    chunk: vi.fn<UploadCalls['chunk']>(() => {
      const reply = deferred<null>();
      acknowledgements.push(reply);
      if (!held) reply.resolve(null);
      return reply.promise;
    }),
    finish: vi.fn<UploadCalls['finish']>(() => Promise.resolve(result)),
    cancel: vi.fn<UploadCalls['cancel']>(() => Promise.resolve(null)),
  };
  return { calls, acknowledgements };
}

function task(file: UploadFile, signal = new AbortController().signal, onBytes: (done: number) => void = () => undefined) {
  return { auditId, file, controls: [{ packId: 'pack', controlId: 'one' }], signal, onBytes };
}

const codeOf = (error: unknown) => (error instanceof AppError ? (error.code ?? error.kind) : error);

describe('an upload', () => {
  test('reads chunks of exactly the size the vault takes', () => {
    expect(chunkSize).toBe(uploadChunkLimit);
  });

  test('sends the whole file in order, in chunks no larger than the limit, and says how far it is', async () => {
    const { calls } = fakeCalls();
    const onBytes = vi.fn();
    const size = 2 * chunkSize + 5;
    expect(await upload(calls, task(fakeFile(size), undefined, onBytes))).toBe(result);
    expect(calls.begin).toHaveBeenCalledExactlyOnceWith({
      auditId,
      name: 'file.bin',
      size,
      controls: [{ packId: 'pack', controlId: 'one' }],
    });
    const sent = calls.chunk.mock.calls.map(([{ bytes }]) => [bytes.byteLength, bytes[0]]);
    expect(sent).toEqual([
      [chunkSize, 0],
      [chunkSize, 1],
      [5, 2],
    ]);
    expect(onBytes.mock.calls.flat()).toEqual([chunkSize, 2 * chunkSize, size]);
    expect(calls.finish).toHaveBeenCalledTimes(1);
    expect(calls.cancel).not.toHaveBeenCalled();
  });

  test('reads the next chunk only after the vault took the one before', async () => {
    const { calls, acknowledgements } = fakeCalls({ held: true });
    const file = fakeFile(3 * chunkSize);
    const done = upload(calls, task(file));
    await settled();
    expect(file.reads).toEqual([0]);
    acknowledgements[0]?.resolve(null);
    await settled();
    expect(file.reads).toEqual([0, chunkSize]);
    expect(calls.chunk).toHaveBeenCalledTimes(2);
    acknowledgements[1]?.resolve(null);
    await settled();
    acknowledgements[2]?.resolve(null);
    expect(await done).toBe(result);
  });

  test('of an empty file leaves the refusal to the vault', async () => {
    const { calls } = fakeCalls();
    await upload(calls, task(fakeFile(0)));
    expect(calls.chunk).not.toHaveBeenCalled();
    expect(calls.finish).toHaveBeenCalledTimes(1);
  });

  test('that is cancelled between two chunks sends nothing more and is taken back', async () => {
    const { calls, acknowledgements } = fakeCalls({ held: true });
    const stop = new AbortController();
    const done = upload(calls, task(fakeFile(3 * chunkSize), stop.signal)).catch(codeOf);
    await settled();
    stop.abort();
    acknowledgements[0]?.resolve(null);
    expect(await done).toBe('cancelled');
    expect(calls.chunk).toHaveBeenCalledTimes(1);
    expect(calls.cancel).toHaveBeenCalledExactlyOnceWith({ uploadId: 'upload' });
    expect(calls.finish).not.toHaveBeenCalled();
  });

  test('that is cancelled after the last chunk is not finished', async () => {
    const { calls } = fakeCalls();
    const stop = new AbortController();
    expect(
      await upload(
        calls,
        task(fakeFile(5), stop.signal, () => stop.abort()),
      ).catch(codeOf),
    ).toBe('cancelled');
    expect(calls.finish).not.toHaveBeenCalled();
    expect(calls.cancel).toHaveBeenCalledTimes(1);
  });

  test('that is cancelled before it began does not begin', async () => {
    const { calls } = fakeCalls();
    expect(await upload(calls, task(fakeFile(5), AbortSignal.abort())).catch(codeOf)).toBe('cancelled');
    expect(calls.begin).not.toHaveBeenCalled();
  });

  test('of a file that breaks midway is taken back and told as unreadable', async () => {
    const { calls } = fakeCalls();
    const whole = fakeFile(2 * chunkSize);
    const file = fakeFile(2 * chunkSize, {
      slice: (start, end) => (start === 0 ? whole.slice(start, end) : { arrayBuffer: () => Promise.reject(new Error('gone')) }),
    });
    expect(await upload(calls, task(file)).catch(codeOf)).toBe('evidence.unreadable');
    expect(calls.chunk).toHaveBeenCalledTimes(1);
    expect(calls.cancel).toHaveBeenCalledTimes(1);
    expect(calls.finish).not.toHaveBeenCalled();
  });

  test('of a file that became shorter is refused, not sent as it is', async () => {
    const { calls } = fakeCalls();
    const file = fakeFile(100, { slice: () => ({ arrayBuffer: () => Promise.resolve(new ArrayBuffer(40)) }) });
    expect(await upload(calls, task(file)).catch(codeOf)).toBe('evidence.unreadable');
    expect(calls.chunk).not.toHaveBeenCalled();
  });

  test('tells the first error, also when taking it back fails', async () => {
    const { calls } = fakeCalls();
    const first = new AppError({ kind: 'expected', code: 'disk.full', message: '', hint: '', data: {} });
    calls.chunk.mockRejectedValueOnce(first);
    calls.cancel.mockRejectedValueOnce(new Error('no vault'));
    await expect(upload(calls, task(fakeFile(5)))).rejects.toBe(first);
  });
});
