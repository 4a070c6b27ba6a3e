import { stat } from 'node:fs/promises';
import { basename, isAbsolute, normalize, sep } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { AuditId, ControlReference, EvidenceId } from '../../../shared/domain/ids.ts';
import { CancelledError, ExpectedError } from '../../../shared/ipc/errors.ts';
import { type BodyImport, evidenceFields } from '../../../shared/ipc/evidence.ts';
import { type CallContext, objectStore, yieldToOthers } from '../context.ts';
import { type ReadableDatabase, sql } from '../db/sql.ts';
import { startObject } from '../evidence/content.ts';
import { deleteObject } from '../evidence/store.ts';
import { type AttachmentDetails, recordEvidence } from '../evidence-attach.ts';
import { isInAudit, linkToControl } from '../evidence-links.ts';
import { change, type Session } from '../session.ts';
import { cellContent } from './documents.ts';
import { openFolderSource } from './folder-source.ts';
import type { BodySource } from './source.ts';
import { openZipSource } from './zip-source.ts';

type IndexRow = Readonly<Record<string, string | undefined>>;

/**
 * Takes a body of evidence into an audit. A piece that is there already, by its hash, is linked; another one is attached when
 * the file is what the index says. Every row ends with a result; controls that the audit does not have are told.
 */
export async function readBody(context: CallContext, session: Session, auditId: AuditId, path: string): Promise<BodyImport> {
  const source = (await isFolder(path)) ? openFolderSource(path) : await openZipSource(path);
  try {
    return await takeRows(context, session, auditId, source);
  } finally {
    source.close();
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => {
    throw new ExpectedError('evidence.unreadable', 'It was moved or deleted. Pick it again.');
  });
  // A pipe would be waited for.
  if (!found.isDirectory() && !found.isFile()) throw new ExpectedError('evidence.not-a-file', 'Choose the folder or the zip file.');
  return found.isDirectory();
}

async function takeRows(context: CallContext, session: Session, auditId: AuditId, source: BodySource): Promise<BodyImport> {
  const rows = await readIndex(source);
  const places = readPlaces(await source.checksums());
  const result = { linked: 0, attached: 0, unknownControls: 0, problems: [] as { path: string; message: string }[] };
  for (const [index, row] of rows.entries()) {
    if (context.signal.aborted) throw new CancelledError();
    const path = row.path ?? '';
    const wanted = (row.controls ?? '').split(/\r?\n/).flatMap(toReference);
    const controls = wanted.filter((control) => isInAudit(session.records, auditId, control));
    result.unknownControls += wanted.length - controls.length;
    context.progress({ label: path, done: index + 1, total: rows.length, unit: 'items' });
    const sha256 = (row.sha256 ?? '').trim().toLowerCase();
    const known = findByHash(session.records, auditId, sha256);
    if (known !== undefined) {
      change(session, (tx) => {
        for (const control of controls) linkToControl(tx, auditId, known, control, true);
      });
      result.linked += 1;
    } else {
      const problem = await attachPiece(context, session, auditId, source, {
        row: { ...row, sha256 },
        places: places.get(sha256) ?? [],
        controls,
      });
      if (problem === null) result.attached += 1;
      else result.problems.push({ path, message: problem });
    }
    await yieldToOthers();
  }
  return result;
}

async function readIndex(source: BodySource): Promise<IndexRow[]> {
  const index = await source.index();
  let columns: readonly string[] = [];
  let rows: IndexRow[];
  try {
    rows = parse(Buffer.from(index), {
      bom: true,
      columns: (head: string[]) => {
        columns = head;
        return head;
      },
      cast: cellContent,
      // Left by an editor or a spreadsheet.
      skip_records_with_empty_values: true,
      relax_column_count: true,
    }) as IndexRow[];
  } catch {
    throw new ExpectedError('evidence.unreadable', 'Its INDEX.csv is not a table.');
  }
  if (!columns.includes('path') || !columns.includes('sha256'))
    throw new ExpectedError('evidence.unreadable', 'Its INDEX.csv has no columns "path" and "sha256".');
  return rows;
}

/** Where each content lies, by its SHA-256: a piece of several controls lies at each of them. */
function readPlaces(sums: Uint8Array | null): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const line of Buffer.from(sums ?? [])
    .toString('utf8')
    .split('\n')) {
    const [, sha256 = '', path = ''] = /^([0-9a-f]{64}) [ *](.+?)\r?$/.exec(line) ?? [];
    if (path === '') continue;
    const known = places.get(sha256);
    if (known === undefined) places.set(sha256, [path]);
    else known.push(path);
  }
  return places;
}

interface IndexedPiece {
  readonly row: IndexRow;
  /** Paths at which it lies too. */
  readonly places: readonly string[];
  readonly controls: readonly ControlReference[];
}

/** Null when attached, else why not. Where the file that the index names is not the piece any more, another place may still have it. */
async function attachPiece(
  context: CallContext,
  session: Session,
  auditId: AuditId,
  source: BodySource,
  { row, places, controls }: IndexedPiece,
): Promise<string | null> {
  let problem: string | null = null;
  for (const path of new Set([row.path ?? '', ...places])) {
    const found = await attachFile(context, session, auditId, source, { row: { ...row, path }, controls });
    if (found === null) return null;
    problem ??= found;
  }
  return problem;
}

/** Null when attached, else the reason. A path never leads out of the folder. */
async function attachFile(
  context: CallContext,
  session: Session,
  auditId: AuditId,
  source: BodySource,
  { row, controls }: Omit<IndexedPiece, 'places'>,
): Promise<string | null> {
  const path = normalize(row.path ?? '');
  if (path === '' || path === '.' || path.includes('\0') || isAbsolute(path) || path.split(sep).includes('..'))
    return 'The path leads out of the folder.';
  try {
    const object = await source.seal(path, (size) => startObject(objectStore(context), size), context.signal);
    if (object.sha256 !== row.sha256) {
      deleteObject(session.chunks, object.id);
      return 'The file is not the one the index describes: its SHA-256 differs.';
    }
    const originalName = row['original name'] || basename(path).replace(/^E-\d+ /, '');
    await recordEvidence(session, { auditId, originalName, controls, object, details: describedIn(row) });
    return null;
  } catch (error) {
    if (error instanceof ExpectedError) return error.message;
    throw error;
  }
}

/** What the index says of a piece, as far as it is well formed; the rest begins as for any new piece. */
function describedIn(row: IndexRow): AttachmentDetails {
  const written = {
    title: row.title,
    description: row.description,
    source: row.source,
    collector: row.collector,
    method: row.method,
    sensitivity: row.sensitivity,
    retainUntil: row['keep until'],
    collectedAt: row['collected at'],
    effectiveFrom: row['effective from'],
    effectiveTo: row['effective to'],
    tags: row.tags
      ?.split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  };
  const whole = Object.entries(written).flatMap(([name, value]) => {
    if (value === undefined || value === '') return [];
    const parsed = evidenceFields.shape[name as keyof typeof written].safeParse(value);
    return parsed.success ? [[name, parsed.data]] : [];
  });
  return Object.fromEntries(whole) as AttachmentDetails;
}

function toReference(key: string): ControlReference[] {
  const slash = key.indexOf('/');
  return slash <= 0 ? [] : [{ packId: key.slice(0, slash), controlId: key.slice(slash + 1) }];
}

function findByHash(database: ReadableDatabase, auditId: AuditId, sha256: string): EvidenceId | undefined {
  return database.get<{ id: EvidenceId }>(
    sql`SELECT evidence.id FROM evidence JOIN evidence_object ON evidence_object.id = evidence.object_id
        WHERE evidence.audit_id = ${auditId} AND evidence_object.sha256 = ${sha256}`,
  )?.id;
}
