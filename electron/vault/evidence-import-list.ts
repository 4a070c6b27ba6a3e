import { lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { type Sensitivity, sensitivities } from '../../shared/domain/evidence.ts';
import { type AuditId, type ControlReference, controlKey } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { moment } from '../../shared/ipc/schemas.ts';
import { type ListProblem, type ListProblemCode, mostFolderFiles } from '../../shared/ipc/ways-in.ts';
import { loadAuditControls } from './audit-repo.ts';
import type { ReadableDatabase } from './db/sql.ts';
import { largestFile, readSmallFile } from './evidence/source.ts';
import type { AttachmentDetails } from './evidence-attach.ts';
import { writeCsv } from './packs/csv.ts';
import type { Reader } from './reader/queue.ts';
import { readRows } from './reader-client.ts';

/** A list of files to attach: a CSV beside them, with a path, controls and a description in each row. */

export interface ListEntry {
  readonly line: number;
  readonly path: string;
  readonly relativePath: string;
  readonly size: number;
  readonly controls: readonly ControlReference[];
  readonly details: AttachmentDetails;
}

export interface ReadList {
  readonly name: string;
  readonly entries: readonly ListEntry[];
  readonly problems: readonly ListProblem[];
  readonly ignored: readonly string[];
}

/** Bytes of a list. */
const largestList = 32 * 1024 * 1024;

const columns = ['path', 'control', 'description', 'title', 'source', 'collector', 'collectedat', 'tags', 'sensitivity'] as const;
type Column = (typeof columns)[number];
type Cells = Readonly<Partial<Record<Column, string>>>;
/** Most characters of a cell that becomes a line, and of the description. */
const longestLine = 400;
const longestText = 100_000;

/** An empty list: the columns, and a row that shows how they are filled in. */
export function listTemplate(): string {
  return writeCsv([
    ['path', 'control', 'description', 'title', 'source', 'collector', 'collected at', 'tags', 'sensitivity'],
    [
      'folder/file.pdf',
      '164.308(a)(1)(ii)(A)\n164.312(b)',
      'What it shows',
      'How it is called; the name of the file when empty',
      'System or person it comes from',
      'Who collected it; you when empty',
      '2026-01-31',
      'policy, site 2',
      'normal, personal-data, phi or secret',
    ],
  ]);
}

/** Reads a list and judges every row before anything is attached. Throws `list.unreadable`, `evidence.too-many`, or what the reader does. */
export async function readList(
  database: ReadableDatabase,
  auditId: AuditId,
  path: string,
  reader: Reader,
  signal: AbortSignal,
): Promise<ReadList> {
  const name = basename(path);
  const problems: ListProblem[] = [];
  const problem = (line: number, code: ListProblemCode, value = '') => problems.push({ line, code, value: value.slice(0, 200) });
  const text = await readText(path);
  if (text === null) {
    problem(1, 'not-text');
    return { name, entries: [], problems, ignored: [] };
  }
  const reading = await readRows(reader, name, text, signal);
  if (!reading.ok) {
    for (const { line } of reading.faults) problem(line, 'not-csv');
    return { name, entries: [], problems, ignored: [] };
  }
  const [head = [], ...rows] = reading.rows.filter((row) => row.some((cell) => cell.text.trim() !== ''));
  const [firstTitle] = head;
  const named = columnsOf(head.map(({ text }) => text));
  const ignored = head
    .filter((cell, index) => named[index] === null && cell.text.trim() !== '')
    .map((cell) => cell.text.trim().slice(0, 100));
  if (firstTitle === undefined || !named.includes('path')) problem(1, 'no-path-column');
  else if (rows.length === 0) problem(firstTitle.place.line, 'no-rows');
  if (problems.length > 0) return { name, entries: [], problems, ignored };
  if (rows.length > mostFolderFiles) throw new ExpectedError('evidence.too-many', 'Split the list.', { most: mostFolderFiles });

  const controls = controlsByName(database, auditId);
  const folder = dirname(path);
  const nameOnDisk = namesOnDisk();
  const lines = new Map<string, number>();
  const entries = rows.flatMap((row): ListEntry[] => {
    const [leading] = row;
    if (leading === undefined) return [];
    const { line } = leading.place;
    const cells: Partial<Record<Column, string>> = {};
    for (const [index, column] of named.entries()) {
      const text = row[index]?.text.trim();
      if (column !== null && text !== undefined) cells[column] ??= text;
    }
    const before = problems.length;
    const found = findFile(folder, cells.path ?? '', nameOnDisk);
    if ('code' in found) problem(line, found.code, cells.path);
    else {
      const first = lines.get(found.path);
      if (first !== undefined) problem(line, 'duplicate', String(first));
      lines.set(found.path, first ?? line);
    }
    const wanted = namesIn(cells.control ?? '').flatMap((wish) => {
      const known = controls.get(normalised(wish));
      if (known === undefined) problem(line, 'control-unknown', wish);
      return known ?? [];
    });
    const details = detailsOf(cells, (code, value) => problem(line, code, value));
    if (problems.length > before || 'code' in found) return [];
    const linked = [...new Map(wanted.map((control) => [controlKey(control), control])).values()];
    return [{ line, ...found, controls: linked, details }];
  });
  return { name, entries, problems, ignored };
}

async function readText(path: string): Promise<string | null> {
  const bytes = await readSmallFile(path, largestList);
  if (bytes === null) throw new ExpectedError('list.unreadable', 'Choose a CSV file of at most 32\u00a0MiB that you may read.');
  // Excel writes UTF-16 with its mark when a list is saved as Unicode text. Other encodings would be a guess.
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Other names of columns, the better ones first. */
const otherNames: Readonly<Partial<Record<Column, readonly string[]>>> = {
  path: ['filepath', 'file', 'filename'],
  control: ['controls', 'controlid', 'controlids'],
  tags: ['tag'],
};

/**
 * What each column of the head means; null for what means nothing, and for a second column that means the same. Names are taken without
 * case and by their letters alone.
 */
function columnsOf(head: readonly string[]): (Column | null)[] {
  const plain = head.map((name) => name.toLowerCase().replace(/[^a-z]/g, ''));
  const named = head.map((): Column | null => null);
  for (const column of columns) {
    const place = [column, ...(otherNames[column] ?? [])].map((name) => plain.indexOf(name)).find((found) => found !== -1);
    if (place !== undefined) named[place] = column;
  }
  return named;
}

type Found = { readonly path: string; readonly relativePath: string; readonly size: number };

/** The file behind a path of the list, which never leads out of the folder of the list: not by itself, and not over a link. */
function findFile(folder: string, written: string, nameOnDisk: NameOnDisk): Found | { readonly code: ListProblemCode } {
  const path = written.replaceAll('\\', '/');
  if (path === '') return { code: 'path-missing' };
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return { code: 'path-absolute' };
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.length === 0) return { code: 'path-missing' };
  if (parts.includes('..')) return { code: 'path-outside' };
  let found: Stats;
  let real: string;
  try {
    const whole = parts.reduce((parent, part) => join(parent, nameOnDisk(parent, part)), folder);
    found = lstatSync(whole);
    if (found.isSymbolicLink()) return { code: 'file-link' };
    real = realpathSync(whole);
    if (!real.startsWith(realpathSync(folder) + sep)) return { code: 'path-outside' };
  } catch {
    return { code: 'file-missing' };
  }
  if (!found.isFile()) return { code: 'file-not-regular' };
  if (found.size === 0) return { code: 'file-empty' };
  if (found.size > largestFile) return { code: 'file-too-large' };
  return { path: real, relativePath: parts.join('/'), size: found.size };
}

type NameOnDisk = (folder: string, written: string) => string;

/**
 * Gives the name of an entry of a folder as the disk has it. A Mac writes `é` as two characters and a spreadsheet as one, and both
 * mean the same file; what is there exactly as written comes first.
 */
function namesOnDisk(): NameOnDisk {
  const folders = new Map<string, ReadonlyMap<string, string>>();
  const entriesOf = (folder: string) => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const names = new Map<string, string>();
    try {
      for (const name of readdirSync(folder)) names.set(name.normalize(), name);
    } catch {
      // A folder that is not there has no names; the file will be missed.
    }
    folders.set(folder, names);
    return names;
  };
  return (folder, written) => {
    if (lstatSync(join(folder, written), { throwIfNoEntry: false }) !== undefined) return written;
    return entriesOf(folder).get(written.normalize()) ?? written;
  };
}

/** Controls by id and by each of their citations. A citation that several checklists share means all of them. */
function controlsByName(database: ReadableDatabase, auditId: AuditId): Map<string, ControlReference[]> {
  const found = new Map<string, ControlReference[]>();
  for (const { packId, control } of loadAuditControls(database, auditId)) {
    for (const name of new Set([control.id, ...control.citations].map(normalised))) {
      found.set(name, [...(found.get(name) ?? []), { packId, controlId: control.id }]);
    }
  }
  return found;
}

/** `45 CFR § 164.308(a)(1)` and `164.308(A)(1)` mean the same to whoever writes a list. */
function normalised(name: string): string {
  return name
    .toLowerCase()
    .replace(/^45\s*cfr/, '')
    .replace(/[\s§]/g, '');
}

/** Several names in a cell stand on lines of their own or between semicolons or bars. */
function namesIn(cell: string): string[] {
  return cell
    .split(/[\r\n;|]+/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function detailsOf(cells: Cells, problem: (code: ListProblemCode, value: string) => void): AttachmentDetails {
  const { description = '', collectedat: collectedAt = '', sensitivity = '', tags = '' } = cells;
  const words = [...new Set(tags.split(/[,;\r\n]+/).map((tag) => tag.trim()))].filter((tag) => tag !== '');
  for (const line of [cells.title, cells.source, cells.collector, ...words]) {
    if (line !== undefined && line.length > longestLine) problem('too-long', line);
  }
  if (description.length > longestText) problem('too-long', description);
  if (words.length > 50) problem('too-long', tags);
  if (!moment.safeParse(collectedAt).success) problem('collected-unreadable', collectedAt);
  const level = sensitivity.toLowerCase().replace(/\s+/g, '-');
  if (level !== '' && !sensitivities.includes(level as Sensitivity)) problem('sensitivity-unknown', sensitivity);
  return {
    description,
    collectedAt,
    tags: words,
    ...(cells.title ? { title: cells.title } : {}),
    ...(cells.source ? { source: cells.source } : {}),
    ...(cells.collector ? { collector: cells.collector } : {}),
    ...(level === '' ? {} : { sensitivity: level as Sensitivity }),
  };
}
