import type { PackReading } from '../../../shared/checklists/judge.ts';
import { refusePack } from '../../../shared/checklists/judge.ts';
import { hashPack, readPack } from '../../../shared/checklists/loader.ts';
import { largestOscalFile, looksLikeOscal, packId, readOscal } from '../../../shared/checklists/oscal/read.ts';
import { readTable, type TableHead } from '../../../shared/checklists/table.ts';
import type { KnownControls } from '../../../shared/checklists/wording.ts';
import type { PackOrigin } from '../../../shared/domain/pack-entry.ts';
import { readCsv } from './csv.ts';
import { isPackSignature } from './signature.ts';
import { readWorkbook, type SheetHead } from './spreadsheet.ts';

/** Bytes of one file; larger ones are refused before they are read. */
export const largestImport = largestOscalFile;

export interface ImportFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ImportReading {
  readonly origin: Exclude<PackOrigin, 'shipped' | 'written' | 'tailored'>;
  readonly reading: PackReading;
}

/** Reads one checklist from picked files, whatever their kind: the content decides, not the name. Never throws for bad input. */
export function readPackFiles(files: readonly ImportFile[], known: KnownControls, today: string): ImportReading {
  const [first] = files;
  if (first === undefined) return { origin: 'yaml', reading: refusePack('', 'No file was given.') };
  if (isZip(first.bytes)) return { origin: 'table', reading: only(files, () => readXlsx(first, known, today)) };
  const decoded: { name: string; text: string }[] = [];
  for (const { name, bytes } of files) {
    const text = decode(bytes);
    if (text === null)
      return { origin: 'yaml', reading: refusePack(name, 'This is not a text: give YAML, XLSX, CSV or an OSCAL catalog or profile.') };
    decoded.push({ name, text });
  }
  if (decoded.some((file) => looksLikeOscal(file.text) || /^\s*\{/.test(file.text)))
    return { origin: 'oscal', reading: readOscal(decoded, known) };
  const text = decoded[0]?.text ?? '';
  if (/\.(?:csv|tsv|txt)$/i.test(first.name))
    return { origin: 'table', reading: only(files, () => readCsvPack(first.name, text, known, today)) };
  return { origin: 'yaml', reading: only(files, () => verified(readPack(text, first.name, { rules: 'custom', known }), first.name)) };
}

function only(files: readonly ImportFile[], read: () => PackReading): PackReading {
  return files.length === 1
    ? read()
    : refusePack(files[1]?.name ?? '', 'Only a profile is imported together with other files. Choose one file.');
}

/** A signature that does not hold is worse than none. */
function verified(reading: PackReading, file: string): PackReading {
  if (!reading.ok || reading.signature === null || isPackSignature(hashPack(reading.content), reading.signature)) return reading;
  return refusePack(file, 'The signature does not fit the checklist: it was changed after it was signed, or signed by someone else.');
}

function readXlsx({ name, bytes }: ImportFile, known: KnownControls, today: string): PackReading {
  const workbook = readWorkbook(bytes, name);
  if (!workbook.ok) return workbook;
  return readTable(workbook.rows, name, headFor(name, today, workbook.head), workbook.faults, known);
}

function readCsvPack(name: string, text: string, known: KnownControls, today: string): PackReading {
  const csv = readCsv(text, name);
  return csv.ok ? readTable(csv.rows, name, headFor(name, today, {}), [], known) : csv;
}

/** What the file does not say of the checklist is taken from its name; the auditor sees it before anything is kept. */
function headFor(name: string, today: string, head: SheetHead): TableHead {
  const id = head.id || packId(name);
  const title = head.title || name.replace(/\.[A-Za-z0-9]+$/, '');
  return {
    id,
    version: head.version || '1.0.0',
    title,
    summary: head.summary || title,
    sources: [{ title: head.sourceTitle || title, citation: head.sourceCitation || name, asOf: head.sourceAsOf || today }],
  };
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/** UTF-8, or UTF-16 where its mark says so; null for anything else. */
function decode(bytes: Uint8Array): string | null {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
