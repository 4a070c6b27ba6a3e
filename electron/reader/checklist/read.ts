import type { CsvReading, ImportFile, ImportReading } from '../../../shared/checklists/import.ts';
import type { PackFault } from '../../../shared/domain/pack-fault.ts';
import { readerBounds } from '../../../shared/domain/reader.ts';
import { UnreadableFile } from '../failure.ts';
import type { ReadOptions } from './read-files.ts';

/** A checklist from picked files, with as many faults as are told. The parsers are loaded when the first file needs them. */
export async function readChecklist({
  files,
  ...options
}: ReadOptions & { readonly files: readonly ImportFile[] }): Promise<ImportReading> {
  const { readPackFiles } = await import('./read-files.ts');
  const { origin, reading } = readPackFiles(files, options);
  return { origin, reading: reading.ok ? { ...reading, advice: told(reading.advice) } : { ...reading, faults: told(reading.faults) } };
}

/** The cells of a CSV, as long as there are not too many to be told. */
export async function readRows(name: string, text: string): Promise<CsvReading> {
  const { readCsv } = await import('./csv.ts');
  const reading = readCsv(text, name);
  if (!reading.ok) return { ...reading, faults: told(reading.faults) };
  const cells = reading.rows.reduce((sum, row) => sum + row.length, 0);
  if (cells > readerBounds.listCells) throw new UnreadableFile('bomb');
  return reading;
}

function told(faults: readonly PackFault[]): PackFault[] {
  return faults.slice(0, readerBounds.packFaults).map((fault) => ({
    ...fault,
    path: fault.path.slice(0, readerBounds.faultCharacters),
    message: fault.message.slice(0, readerBounds.faultCharacters),
  }));
}
