import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { layOutCustody } from '../../../electron/vault/report/render/custody-form.ts';
import { type CustodyPrinter, openCustodyPrinter } from '../../../electron/vault/report/render/custody-printer.ts';
import { openFonts } from '../../../electron/vault/report/render/fonts.ts';
import { paint } from '../../../electron/vault/report/render/paint.ts';
import type { CustodyDocument } from '../../../shared/domain/custody.ts';
import { CancelledError } from '../../../shared/ipc/errors.ts';
import { fontsDirectory, inTemporaryFolder } from './fixtures.ts';

const workerPath = join(import.meta.dirname, '../../../electron/vault/report/render/worker.ts');

/** The form of an audit without evidence is enough to be printed. */
const documentOf = (audit: string): CustodyDocument => ({
  organisation: 'Clinic',
  audit,
  printedAt: '2026-06-01T08:00:00.000Z',
  printedBy: 'Ada Lindqvist',
  trail: { sequence: 99, hash: 'c'.repeat(64) },
  records: [],
});

function printedHere(audit: string): Uint8Array {
  const fonts = openFonts(fontsDirectory);
  return paint(layOutCustody(documentOf(audit), fonts), fonts);
}

async function withPrinter(use: (printer: CustodyPrinter) => Promise<void>, signal?: AbortSignal): Promise<void> {
  const printer = openCustodyPrinter({ workerPath, fontsDirectory, ...(signal === undefined ? {} : { signal }) });
  try {
    await use(printer);
  } finally {
    printer.close();
  }
}

describe('the custody printer', () => {
  test('prints what is asked for in order, the same bytes as a thread that prints nothing else', () =>
    withPrinter(async (printer) => {
      const audits = ['First 1', 'Second 2', 'Third (3)', 'Fourth 4', 'Fifth 5'];
      const forms: [string, Uint8Array][] = [];
      for await (const form of printer.printEach(audits, documentOf)) forms.push(form);
      expect(forms.map(([audit]) => audit)).toEqual(audits);
      for (const [audit, form] of forms) expect(Buffer.compare(form, printedHere(audit))).toBe(0);
    }));

  test('is a few forms ahead of whoever takes them, and no more', () =>
    withPrinter(async (printer) => {
      const asked: number[] = [];
      const forms = printer.printEach([0, 1, 2, 3, 4, 5, 6], (number) => {
        asked.push(number);
        return documentOf(`Audit ${number}`);
      });
      await forms.next();
      expect(asked).toEqual([0, 1, 2]);
      await forms.next();
      expect(asked).toEqual([0, 1, 2, 3]);
      await forms.return(undefined);
    }));

  test('fails everything that waits when it is cancelled or closed, and what is asked for afterwards', async () => {
    const controller = new AbortController();
    await withPrinter(async (printer) => {
      const pending = [printer.print(documentOf('One')), printer.print(documentOf('Two'))];
      controller.abort();
      for (const form of pending) await expect(form).rejects.toThrow(CancelledError);
      await expect(printer.print(documentOf('Three'))).rejects.toThrow(CancelledError);
    }, controller.signal);
    await withPrinter(async (printer) => {
      const pending = printer.print(documentOf('One'));
      printer.close();
      await expect(pending).rejects.toThrow('was closed');
    });
    await withPrinter(async (printer) => {
      await expect(printer.printEach(['One'], documentOf).next()).rejects.toThrow(CancelledError);
    }, AbortSignal.abort());
  });

  test('hands errors of its thread on', () =>
    inTemporaryFolder(async (folder) => {
      const silent = join(folder, 'silent.mjs');
      writeFileSync(silent, '');
      const printer = openCustodyPrinter({ workerPath: silent, fontsDirectory });
      await expect(printer.print(documentOf('One'))).rejects.toThrow('ended with code 0');
      printer.close();
      const without = openCustodyPrinter({ workerPath, fontsDirectory: folder });
      await expect(without.print(documentOf('One'))).rejects.toThrow('font is missing');
      without.close();
    }));
});
