import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { appReaders, type ReaderPort } from '../../electron/vault/reader/app-process.ts';
import { nodeReader } from '../../electron/vault/reader/node-process.ts';
import { createReader, noReader, type Reader, type ReaderLineEvents, type StartReader } from '../../electron/vault/reader/queue.ts';
import {
  readChecklist,
  readFacts,
  readMailAttachment,
  readPreview,
  readRows,
  readScan,
  readText,
} from '../../electron/vault/reader-client.ts';
import { type ReaderFile, type ReaderJob, readerBounds } from '../../shared/domain/reader.ts';
import { attach, codeOf, newAudit, temporaryFolder, testAssets } from './fixture.ts';

const { signal } = new AbortController();
const file = (name: string, content: string): ReaderFile => ({ name, mediaType: '', bytes: Buffer.from(content), size: content.length });
const job = (name: string): ReaderJob => ({ kind: 'scan', file: file(name, name) });
const mail =
  'From: a@example.org\r\nTo: b@example.org\r\nSubject: s\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nHello\r\n--x\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nattached\r\n--x--\r\n';

const readers: Reader[] = [];
afterEach(() => {
  for (const reader of readers.splice(0)) reader.stop();
});
function reader(start: StartReader, times?: Parameters<typeof createReader>[1]): Reader {
  const made = createReader(start, times);
  readers.push(made);
  return made;
}

/** A process that is played: what it was sent, and what it says. */
function played() {
  const processes: { events: ReaderLineEvents; sent: { id: number; job: ReaderJob }[]; ended: boolean }[] = [];
  const start: StartReader = (events) => {
    const process = { events, sent: [] as { id: number; job: ReaderJob }[], ended: false };
    processes.push(process);
    return {
      post: (message) => process.sent.push(message as { id: number; job: ReaderJob }),
      end: () => {
        process.ended = true;
      },
    };
  };
  const answer = (value: unknown, index = processes.length - 1) => {
    const process = processes[index];
    process?.events.message({ id: process.sent.at(-1)?.id, ok: true, value });
  };
  return { processes, start, answer };
}

const nameOf = (given: ReaderJob) => ('file' in given ? given.file.name : '');

describe('the queue of the reader', () => {
  it('starts a process for the first job and does one after the other, in their order', async () => {
    const { processes, start, answer } = played();
    const queue = reader(start);
    expect(processes).toHaveLength(0);
    const results = ['a', 'b', 'c'].map((name) => queue.run(job(name), signal));
    for (const name of ['a', 'b', 'c']) {
      expect(processes[0]?.sent.map((sent) => nameOf(sent.job)).at(-1)).toBe(name);
      answer(name);
      await Promise.resolve();
    }
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c']);
    expect(processes).toHaveLength(1);
  });

  it('takes a fresh process when one dies, and the job in it ends with an error', async () => {
    const { processes, start, answer } = played();
    const queue = reader(start);
    const first = queue.run(job('a'), signal);
    const second = queue.run(job('b'), signal);
    processes[0]?.events.gone();
    expect(await codeOf(first)).toBe('reader.ended');
    expect(processes).toHaveLength(2);
    // What the dead one still says counts no more.
    processes[0]?.events.message({ id: 2, ok: true, value: 'lie' });
    processes[0]?.events.gone();
    answer('b');
    expect(await second).toBe('b');
  });

  it('does a job once more when a process dies that had done others before', async () => {
    const { processes, start, answer } = played();
    const queue = reader(start);
    const first = queue.run(job('a'), signal);
    answer('a');
    await first;
    const second = queue.run(job('b'), signal);
    const third = queue.run(job('c'), signal);
    processes[0]?.events.gone();
    expect(processes[1]?.sent.map((sent) => nameOf(sent.job))).toEqual(['b']);
    processes[1]?.events.gone();
    expect(await codeOf(second)).toBe('reader.ended');
    answer('c');
    expect(await third).toBe('c');
  });

  it('ends a process that takes too long, and one that nobody needs', async () => {
    vi.useFakeTimers();
    const { processes, start, answer } = played();
    const queue = reader(start, { job: 1000, idle: 5000 });
    const slow = codeOf(queue.run(job('a'), signal));
    await vi.advanceTimersByTimeAsync(1000);
    expect(await slow).toBe('reader.ended');
    expect(processes[0]?.ended).toBe(true);
    const quick = queue.run(job('b'), signal);
    answer('b');
    expect(await quick).toBe('b');
    await vi.advanceTimersByTimeAsync(5000);
    expect(processes[1]?.ended).toBe(true);
    vi.useRealTimers();
  });

  it('cancels what waits without ado, and what runs by ending its process', async () => {
    const { processes, start, answer } = played();
    const queue = reader(start);
    const running = new AbortController();
    const waiting = new AbortController();
    const first = codeOf(queue.run(job('a'), running.signal));
    const second = queue.run(job('b'), waiting.signal).catch((error: Error) => error.name);
    const third = queue.run(job('c'), signal);
    waiting.abort();
    expect(await second).toBe('CancelledError');
    expect(processes[0]?.ended).toBe(false);
    running.abort();
    expect(await first).toContain('Cancelled');
    expect(processes[0]?.ended).toBe(true);
    expect(processes[1]?.sent.map((sent) => nameOf(sent.job))).toEqual(['c']);
    answer('c');
    expect(await third).toBe('c');
    await expect(queue.run(job('d'), AbortSignal.abort())).rejects.toThrow('Cancelled');
  });

  it('believes no message that nobody asked for', async () => {
    for (const lie of ['x', null, { id: 99, ok: true, value: 1 }, { id: 1, ok: 'yes' }, { id: 1, ok: false, reason: 'because' }]) {
      const { processes, start } = played();
      const queue = reader(start);
      const result = codeOf(queue.run(job('a'), signal));
      processes[0]?.events.message(lie);
      expect(await result).toBe('reader.ended');
      expect(processes[0]?.ended).toBe(true);
    }
    const { processes, start, answer } = played();
    const queue = reader(start);
    const result = queue.run(job('a'), signal);
    answer(1);
    await result;
    processes[0]?.events.message({ id: 1, ok: true, value: 2 });
    expect(processes[0]?.ended).toBe(true);
  });

  it('stopped, cancels everything', async () => {
    const { processes, start } = played();
    const queue = reader(start);
    const results = ['a', 'b'].map((name) => queue.run(job(name), signal).catch((error: Error) => error.name));
    queue.stop();
    expect(await Promise.all(results)).toEqual(['CancelledError', 'CancelledError']);
    expect(processes[0]?.ended).toBe(true);
    expect(await codeOf(noReader.run(job('a'), signal))).toBe('reader.ended');
    noReader.stop();
  });
});

describe('answers of the reader', () => {
  const answering = (value: unknown): Reader => ({ run: () => Promise.resolve(value), stop: vi.fn() });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['another kind', { content: { kind: 'html', html: '<script>' }, limits: [] }],
    ['a picture that scripts', { content: { kind: 'image', mediaType: 'image/svg+xml', width: 1, height: 1 }, limits: [] }],
    ['a limit that there is not', { content: { kind: 'hex' }, limits: ['none'] }],
    ['a text that is none', { content: { kind: 'text', text: 5, language: 'plain', encoding: 'UTF-8' }, limits: [] }],
    [
      'too many sheets',
      {
        content: { kind: 'table', sheets: Array.from({ length: 51 }, () => ({ name: '', rows: [], totalRows: 0, totalColumns: 0 })) },
        limits: [],
      },
    ],
    ['a negative count', { content: { kind: 'table', sheets: [{ name: '', rows: [], totalRows: -1, totalColumns: 0 }] }, limits: [] }],
  ])('with %s are not shown, and that reader gets no other file', async (_, value) => {
    const lying = answering(value);
    const shown = await readPreview(lying, file('a', 'abc'), signal);
    expect(shown).toEqual({ content: { kind: 'hex', bytes: new Uint8Array(Buffer.from('abc')) }, limits: ['ended'] });
    expect(lying.stop).toHaveBeenCalled();
  });

  it('that do not fit are an error for everything but a preview', async () => {
    expect(await codeOf(readText(answering({}), file('a', 'a'), signal))).toBe('reader.ended');
    expect(await codeOf(readScan(answering({ scan: 1, cut: true }), file('a', 'a'), signal))).toBe('reader.ended');
    expect(await codeOf(readMailAttachment(answering({ name: 'x', mediaType: 'y', bytes: 'z' }), file('a', 'a'), 0, signal))).toBe(
      'reader.ended',
    );
    expect(
      await codeOf(
        readFacts(
          answering({ text: null, cut: false, failure: null, facts: [{ name: 'x', value: 'y' }], identifiers: [] }),
          file('a', 'a'),
          signal,
        ),
      ),
    ).toBe('reader.ended');
  });

  it('carry the bytes that the vault has, and of unknown files their beginning', async () => {
    const picture = await readPreview(
      answering({ content: { kind: 'image', mediaType: 'image/png', width: 1, height: 1 }, limits: [] }),
      file('a', 'abc'),
      signal,
    );
    expect(picture.content).toMatchObject({ kind: 'image', bytes: Buffer.from('abc') });
    const large = { ...file('a', ''), bytes: new Uint8Array(readerBounds.hexBytes + 5) };
    const hex = await readPreview(answering({ content: { kind: 'hex' }, limits: [] }), large, signal);
    expect('bytes' in hex.content && hex.content.bytes.length).toBe(readerBounds.hexBytes);
  });

  it('are not asked for about more bytes than a job may hold; cancelling is no limit', async () => {
    const huge = { ...file('a', ''), bytes: new Uint8Array(readerBounds.jobBytes + 1) };
    expect(await codeOf(readText(answering({}), huge, signal))).toBe('reader.unreadable');
    const { start } = played();
    const stopped = new AbortController();
    const preview = readPreview(reader(start), file('a', 'a'), stopped.signal);
    stopped.abort();
    await expect(preview).rejects.toThrow('Cancelled');
  });
});

describe('the reader as a process of its own', () => {
  const real = () => reader(nodeReader(testAssets.reader));

  it('reads, answers and fails as the functions do', async () => {
    const queue = real();
    expect((await readText(queue, file('m.eml', mail), signal)).text).toContain('Hello');
    expect(await readFacts(queue, file('m.eml', mail), signal)).toContainEqual({ name: 'mail-subject', value: 's' });
    expect((await readScan(queue, file('m.eml', mail), signal)).scan?.counts).toEqual([{ kind: 'email', count: 2 }]);
    expect(
      Buffer.from((await readMailAttachment(queue, file('m.eml', mail), 0, signal)).bytes)
        .toString()
        .trim(),
    ).toBe('attached');
    expect(await codeOf(readMailAttachment(queue, file('m.eml', mail), 7, signal))).toBe('reader.unreadable');
    expect((await readPreview(queue, file('a.txt', 'words'), signal)).content).toMatchObject({ kind: 'text', text: 'words' });
  });

  const script = (code: string) => {
    const path = join(temporaryFolder(), 'reader.mjs');
    writeFileSync(path, code);
    return reader(nodeReader(path), { job: 15_000, idle: 1000 });
  };

  it('sees nothing of the environment', async () => {
    const queue = script(
      "process.on('message', ({ id }) => process.send({ id, ok: true, value: [Object.keys(process.env), process.argv.length] }));",
    );
    vi.stubEnv('SEALBOOK_SECRET', 'x');
    expect(await queue.run(job('a'), signal)).toEqual([[], 2]);
    vi.unstubAllEnvs();
  });

  it('may be killed, may leave, and may never start', async () => {
    const killed = script("process.on('message', () => process.kill(process.pid, 'SIGKILL'));");
    expect(await codeOf(killed.run(job('a'), signal))).toBe('reader.ended');
    expect(await codeOf(killed.run(job('b'), signal))).toBe('reader.ended');
    expect(await codeOf(script('process.exit(3)').run(job('a'), signal))).toBe('reader.ended');
    expect((await readPreview(killed, file('a', 'abc'), signal)).limits).toEqual(['ended']);
  });

  it('that takes too much heap or too many buffers ends', async () => {
    const heap = script("process.on('message', () => { const all = []; for (;;) all.push(new Array(100000).fill(Math.random())); });");
    expect(await codeOf(heap.run(job('a'), signal))).toBe('reader.ended');
    const watcher = join(import.meta.dirname, '../../electron/reader/watch-memory.ts');
    const buffers = script(
      `import { watchMemory } from ${JSON.stringify(watcher)}; watchMemory(300e6); const all = []; process.on('message', () => { for (;;) if (all.length < 8) all.push(Buffer.alloc(60e6, 1)); });`,
    );
    expect(await codeOf(buffers.run(job('a'), signal))).toBe('reader.ended');
  });

  it('reads checklists and lists; what lies about them is not believed and not kept', async () => {
    const options = { known: new Map([['a', new Set(['b'])]]), today: '2026-01-01', rules: 'custom' } as const;
    const bytes = new TextEncoder().encode('id: [');
    const { origin, reading } = await readChecklist(real(), [{ name: 'a.yaml', bytes }], options, signal);
    expect([origin, reading.ok]).toEqual(['yaml', false]);
    expect(await readRows(real(), 'a.csv', 'path,title\n"a\nb",c\nd,e\n', signal)).toMatchObject({
      ok: true,
      rows: [{}, [{ text: 'a\nb', place: { line: 2 } }, {}], [{ text: 'd', place: { line: 4, column: 1 } }, {}]],
    });
    const liar = (value: string) => script(`process.on('message', ({ id }) => process.send({ id, ok: true, value: ${value} }));`);
    const lies = [
      "{ origin: 'shipped', reading: { ok: false, faults: [] } }",
      "{ origin: 'yaml', reading: { ok: true, content: { id: 'x' } } }",
    ];
    for (const lie of lies) expect(await codeOf(readChecklist(liar(lie), [], options, signal))).toBe('reader.ended');
    expect(await codeOf(readRows(liar('{ ok: true, rows: [[1]] }'), 'a', '', signal))).toBe('reader.ended');
  });

  it('gets no more than it may hold, nor a list with more cells than are told', async () => {
    const big = { name: 'a.yaml', bytes: new Uint8Array(readerBounds.jobBytes / 2 + 1) };
    const options = { known: new Map(), today: '2026-01-01', rules: 'custom' } as const;
    expect(await codeOf(readChecklist(noReader, [big, big], options, signal))).toBe('reader.unreadable');
    expect(await codeOf(readRows(real(), 'a.csv', ','.repeat(readerBounds.listCells), signal))).toBe('reader.unreadable');
  });

  it('that ended while it read a checklist is told, and nothing is kept', async () => {
    const { vault } = await newAudit(['production-readiness']);
    const before = vault.process.reader;
    Object.assign(vault.process, { reader: script('process.exit(3)') });
    expect(await codeOf(vault.call('packs.inspect', { tokens: [vault.file('a.yaml', 'id: a')] }))).toBe('reader.ended');
    Object.assign(vault.process, { reader: before });
    expect((await vault.call('packs.inspect', { tokens: [vault.file('a.yaml', 'id: a')] })).ok).toBe(false);
  });

  it('that ended lets the vault go on: the preview says so, and the next file is read', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const { evidence } = await attach(vault, auditId, 'a.txt', 'words');
    const evidenceId = evidence?.id ?? ('' as never);
    const before = vault.process.reader;
    Object.assign(vault.process, { reader: noReader });
    expect(await vault.call('evidence.preview', { evidenceId })).toMatchObject({ content: { kind: 'hex' }, limits: ['ended'] });
    expect(await codeOf(vault.call('evidence.scan', { evidenceId }))).toBe('reader.ended');
    Object.assign(vault.process, { reader: before });
    expect(await vault.call('evidence.preview', { evidenceId })).toMatchObject({ content: { kind: 'text' }, limits: [] });
  });
});

describe('readers of the app', () => {
  const port = () => {
    const listeners: ((event: { data: unknown }) => void)[] = [];
    return {
      postMessage: vi.fn(),
      on: (_: 'message', listener: (event: { data: unknown }) => void) => listeners.push(listener),
      start: vi.fn(),
      close: vi.fn(),
      say: (data: unknown) => {
        for (const listener of listeners) listener({ data });
      },
    };
  };

  it('are wished from main; jobs wait until the line arrives', () => {
    const tell = vi.fn();
    const readersOfApp = appReaders(tell);
    const events = { message: vi.fn(), gone: vi.fn() };
    const line = readersOfApp.start(events);
    expect(tell).toHaveBeenCalledWith({ type: 'reader-start', number: 1 });
    line.post('early');
    const end = port();
    readersOfApp.arrived(1, end as unknown as ReaderPort);
    line.post('late');
    expect(end.postMessage.mock.calls).toEqual([['early'], ['late']]);
    end.say('answer');
    expect(events.message).toHaveBeenCalledWith('answer');
    readersOfApp.gone(1);
    readersOfApp.gone(1);
    expect(events.gone).toHaveBeenCalledTimes(1);
    line.post('to nobody');
  });

  it('are ended through main, also before their line arrived', () => {
    const tell = vi.fn();
    const readersOfApp = appReaders(tell);
    const first = readersOfApp.start({ message: vi.fn(), gone: vi.fn() });
    first.end();
    expect(tell).toHaveBeenLastCalledWith({ type: 'reader-end', number: 1 });
    const late = port();
    readersOfApp.arrived(1, late as unknown as ReaderPort);
    expect(late.close).toHaveBeenCalled();
    const second = readersOfApp.start({ message: vi.fn(), gone: vi.fn() });
    const end = port();
    readersOfApp.arrived(2, end as unknown as ReaderPort);
    second.end();
    expect(end.close).toHaveBeenCalled();
  });
});
