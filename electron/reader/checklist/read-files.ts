import type { ImportFile, ImportReading } from '../../../shared/checklists/import.ts';
import { type JudgeOptions, type PackReading, refusePack } from '../../../shared/checklists/judge.ts';
import { readPack } from '../../../shared/checklists/loader.ts';
import { looksLikeOscal, packId, readOscal } from '../../../shared/checklists/oscal/read.ts';
import { readTable, type TableHead } from '../../../shared/checklists/table.ts';
import type { KnownControls } from '../../../shared/checklists/wording.ts';
import type { SheetHead } from '../../../shared/checklists/workbook.ts';
import { readCsv } from './csv.ts';
import { readWorkbook } from './workbook.ts';

export interface ReadOptions {
  readonly known: KnownControls;
  readonly today: string;
  /** To which rules YAML is held; what comes from elsewhere only to what makes it usable. */
  readonly rules: JudgeOptions['rules'];
}

/** Reads one checklist from picked files, whatever their kind: the content decides, not the name. Never throws for bad input. */
export function readPackFiles(files: readonly ImportFile[], { known, today, rules }: ReadOptions): ImportReading {
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
  return { origin: 'yaml', reading: only(files, () => readPack(text, first.name, { rules, known })) };
}

function only(files: readonly ImportFile[], read: () => PackReading): PackReading {
  return files.length === 1
    ? read()
    : refusePack(files[1]?.name ?? '', 'Only a profile is imported together with other files. Choose one file.');
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
