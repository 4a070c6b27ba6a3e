import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeReader } from '../../electron/vault/reader/node-process.ts';
import { createReader, type Reader } from '../../electron/vault/reader/queue.ts';
import { readPreview, readText } from '../../electron/vault/reader-client.ts';
import * as samples from '../unit/reader/samples.ts';
import { codeOf, testAssets } from '../vault/fixture.ts';

/** Milliseconds of a run. `SEALBOOK_FUZZ_SECONDS` makes it longer. */
const time = Number(process.env.SEALBOOK_FUZZ_SECONDS ?? 4) * 1000;

const { signal } = new AbortController();
let reader: Reader;
let whole: Buffer[] = [];
afterAll(() => reader.stop());
beforeAll(async () => {
  reader = createReader(nodeReader(testAssets.reader), { job: 5000, idle: 30_000 });
  whole = [
    samples.workbook(),
    samples.workbook('biff8'),
    samples.workbook('ods'),
    await samples.docx(),
    samples.pptx(),
    samples.openDocument(samples.odtContent),
    samples.msg(),
    Buffer.from(samples.eml),
    await samples.pdf('Minutes'),
    await samples.tar({ 'a.txt': 'a', 'b/c.txt': 'b' }),
    samples.jpeg(40, 30, true),
    samples.pngHead(40, 30),
    Buffer.from('{"a":[1,2,{"b":null}]}'),
    Buffer.from('a;b\n"c";d\n'),
    Buffer.from("{\\rtf1 a\\par \\'fc \\u8364?}"),
  ].map((bytes) => Buffer.from(bytes));
});

describe('files of every format with bytes changed at random', () => {
  it(
    'end in an answer that the vault takes',
    async () => {
      const edit = fc.record({ at: fc.nat(100_000), value: fc.nat(255), kind: fc.constantFrom('set', 'cut', 'double', 'zeros') });
      await fc.assert(
        fc.asyncProperty(
          fc.nat(14),
          fc.array(edit, { minLength: 1, maxLength: 8 }),
          fc.constantFrom('x', 'x.csv', 'x.json', 'x.eml', 'x.log'),
          async (sample, edits, name) => {
            let bytes = Buffer.from(whole[sample] ?? []);
            for (const { at, value, kind } of edits) {
              const place = at % Math.max(1, bytes.length);
              if (kind === 'set') bytes[place] = value;
              else if (kind === 'zeros') bytes.fill(0, place, Math.min(bytes.length, place + value));
              else if (kind === 'cut') bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + value)]);
              else bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(Math.max(0, place - value))]);
            }
            const file = samples.file(name, bytes);
            // A file may cost its process too much; then that is what is said, and the next one gets a fresh process.
            const { content, limits } = await readPreview(reader, file, signal);
            if (limits.includes('ended')) expect(content.kind).toBe('hex');
            expect(['no error', 'reader.ended']).toContain(await codeOf(readText(reader, file, signal, 10_000)));
          },
        ),
        { numRuns: 100_000, interruptAfterTimeLimit: time, markInterruptAsFailure: false, endOnFailure: true },
      );
    },
    time + 120_000,
  );
});
