import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { extractFile, scanFile } from '../../electron/reader/extract.ts';
import { previewFile } from '../../electron/reader/preview.ts';
import { extractAnswer, previewAnswer, scanAnswer } from '../../electron/vault/reader/answers.ts';
import * as samples from '../unit/reader/samples.ts';

/** Milliseconds of a run. `SEALBOOK_FUZZ_SECONDS` makes it longer. */
const time = Number(process.env.SEALBOOK_FUZZ_SECONDS ?? 4) * 1000;

let whole: Buffer[] = [];
beforeAll(async () => {
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
            expect(previewAnswer.safeParse(await previewFile(file)).success).toBe(true);
            expect(extractAnswer.safeParse(await extractFile(file, 10_000)).success).toBe(true);
            expect(scanAnswer.safeParse(await scanFile(file)).success).toBe(true);
          },
        ),
        { numRuns: 100_000, interruptAfterTimeLimit: time, markInterruptAsFailure: false, endOnFailure: true },
      );
    },
    time + 120_000,
  );
});
