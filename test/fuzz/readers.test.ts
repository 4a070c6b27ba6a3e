import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPackFiles } from '../../electron/reader/checklist/read-files.ts';
import { writeTemplate } from '../../electron/vault/packs/write-file.ts';
import { verifyReport } from '../../electron/vault/report/verify/verify.ts';
import { readPack } from '../../shared/checklists/loader.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { catalog, profile } from '../fixtures/oscal.ts';
import { newAudit } from '../vault/fixture.ts';

const soon = (milliseconds: number) => ({ interruptAfterTimeLimit: milliseconds, markInterruptAsFailure: false, endOnFailure: true });

/** A text with some of its lines or characters moved, doubled, cut or replaced. */
function mutations(text: string): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    '',
    ' ',
    '\t',
    ':',
    '- ',
    '&a ',
    '*a',
    '!!binary ',
    '? ',
    '|',
    '{',
    '[',
    '"',
    "'",
    '#',
    '\n---\n',
    '%TAG',
    '<<: *a',
    '\ufeff',
    '\0',
    '__proto__: 1\n',
  );
  return fc
    .array(fc.record({ at: fc.nat(text.length), cut: fc.nat(40), insert: piece }), { minLength: 1, maxLength: 6 })
    .map((edits) => edits.reduce((changed, { at, cut, insert }) => changed.slice(0, at) + insert + changed.slice(at + cut), text));
}

describe('the readers of files from elsewhere', () => {
  const read = (name: string, bytes: Uint8Array) => {
    const { reading } = readPackFiles([{ name, bytes }], { known: new Map(), today: '2026-01-01', rules: 'custom' });
    if (reading.ok) return;
    expect(reading.faults.length).toBeGreaterThan(0);
    for (const { line, column, message } of reading.faults) expect(Math.min(line, column, message.length)).toBeGreaterThanOrEqual(1);
  };
  const text = (value: string) => new TextEncoder().encode(value);
  const csv = writeTemplate('csv', '2026-01-01') as string;
  const xlsx = writeTemplate('xlsx', '2026-01-01') as Uint8Array;

  it.each([
    ['a table', 'x.csv', csv],
    ['an OSCAL catalog', 'x.json', JSON.stringify(catalog)],
    ['an OSCAL profile', 'x.json', JSON.stringify(profile)],
  ])('never throw for %s with mistakes in it', (_what, name, whole) => {
    fc.assert(
      fc.property(mutations(whole), (changed) => read(name, text(changed))),
      { numRuns: 200, ...soon(4000) },
    );
  });

  it('never throw for any bytes, nor for a workbook with other bytes in it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), fc.constantFrom('x.yaml', 'x.csv', 'x.json', 'x.xlsx'), (bytes, name) =>
        read(name, bytes),
      ),
      { numRuns: 200, ...soon(4000) },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(xlsx.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), (edits) => {
        const changed = xlsx.slice();
        for (const [at, byte] of edits) changed[at] = byte;
        read('x.xlsx', changed);
      }),
      { numRuns: 100, ...soon(6000) },
    );
  });
});

describe('the reader of checklists', () => {
  const whole = readFileSync(join(import.meta.dirname, '..', '..', 'shared', 'checklists', 'production-readiness.yaml'), 'utf8');
  const start = whole.slice(0, whole.indexOf('\n      - id:', whole.indexOf('\n      - id:') + 1));

  const neverThrows = (text: string) => {
    const reading = readPack(text, 'fuzz.yaml');
    if (reading.ok) return;
    expect(reading.faults.length).toBeGreaterThan(0);
    const lines = text.split(/\r\n|\r|\n/).length;
    for (const { line, column, message } of reading.faults) {
      expect(line).toBeGreaterThanOrEqual(1);
      expect(line).toBeLessThanOrEqual(lines + 1);
      expect(column).toBeGreaterThanOrEqual(1);
      expect(message.length).toBeGreaterThan(0);
    }
  };

  it('reads the unchanged start without a fault', () => {
    expect(readPack(start, 'x')).toMatchObject({ ok: true });
  });

  it('never throws for any text and always says where', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), neverThrows), { numRuns: 400, ...soon(2000) });
  });

  it('never throws for a checklist with mistakes in it', () => {
    fc.assert(fc.property(mutations(start), neverThrows), { numRuns: 300, ...soon(3000) });
  });
});

describe('the verifier of reports', () => {
  const judged = async (bytes: Uint8Array) => {
    try {
      return (await verifyReport(bytes)).genuine;
    } catch (error) {
      if (error instanceof ExpectedError && ['verify.not-pdf', 'verify.unreadable'].includes(error.code)) return false;
      throw error;
    }
  };

  it('never throws for any bytes', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 500 }),
      fc.uint8Array({ maxLength: 500 }).map((tail) => Buffer.concat([Buffer.from('%PDF-1.7\n'), tail])),
      fc.uint8Array({ maxLength: 300 }).map((head) => Buffer.concat([head, Buffer.from('\nstartxref\n9\n%%EOF\n')])),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (drawn) => {
        expect(await judged(drawn)).toBe(false);
      }),
      { numRuns: 400, ...soon(2000) },
    );
  });

  it('finds no changed report genuine and never throws for one', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const { id } = await vault.call('reports.sign', { auditId, options: { paper: 'a4', final: false } });
    const report = Buffer.from((await vault.call('reports.read', { reportId: id })).bytes);
    expect(await judged(report)).toBe(true);
    const edit = fc.record({
      at: fc.nat(report.length - 1),
      change: fc.constantFrom('flip', 'cut', 'end', 'insert', 'double'),
      size: fc.nat(2000),
    });
    await fc.assert(
      fc.asyncProperty(edit, async ({ at, change, size }) => {
        const rest = at + 1 + size;
        const flipped = Buffer.from(report);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << (size & 7));
        const changed = {
          flip: flipped,
          cut: Buffer.concat([report.subarray(0, at), report.subarray(rest)]),
          end: report.subarray(0, at),
          insert: Buffer.concat([report.subarray(0, at), Buffer.alloc(1 + (size % 50), 0x20), report.subarray(at)]),
          double: Buffer.concat([report.subarray(0, rest), report.subarray(at)]),
        }[change];
        expect(await judged(changed)).toBe(false);
      }),
      { numRuns: 300, ...soon(5000) },
    );
  });
});
