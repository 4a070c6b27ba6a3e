import { randomUUID } from 'node:crypto';
import type { Pack } from '../../../shared/domain/control.ts';
import type { PackDraft, PackDraftContent } from '../../../shared/domain/pack-entry.ts';
import { ExpectedError } from '../../../shared/ipc/errors.ts';
import { type ReadableDatabase, sql } from '../db/sql.ts';
import type { Change } from '../session.ts';
import { appendTrail } from '../trail.ts';
import { type LibraryPack, loadContent, storeContent } from './library.ts';

/** Checklists that are being written: kept as they are typed, whatever they still lack. */

interface Row {
  readonly id: string;
  readonly base_hash: string;
  readonly content: string;
  readonly reasons: string;
  readonly updated_at: string;
  readonly [column: string]: unknown;
}

export function listDrafts(database: ReadableDatabase): PackDraft[] {
  return database.all<Row>(sql`SELECT * FROM pack_draft ORDER BY updated_at DESC, id`).map((row) => decode(database, row));
}

/** One draft or `pack.draft-unknown`. */
export function loadDraft(database: ReadableDatabase, draftId: string): PackDraft {
  return decode(database, findRow(database, draftId));
}

/** The checklist that a draft is a tailoring of; null when it stands alone. */
export function draftBase(database: ReadableDatabase, draftId: string): Pack | null {
  const { base_hash: hash } = findRow(database, draftId);
  return hash === '' ? null : loadContent(database, hash);
}

/** Empty, the next version of an own checklist, or a tailoring of a shipped or imported one under an id of its own. */
export function startDraft(tx: Change, from: LibraryPack | null, shipped: readonly Pack[]): PackDraft {
  const own = from !== null && !shipped.some((pack) => pack.id === from.pack.id);
  const base = from === null || own ? null : from.pack;
  const id = randomUUID();
  if (base !== null) storeContent(tx, base);
  tx.database.run(
    sql`INSERT INTO pack_draft (id, base_hash, content, reasons, updated_at, updated_by)
        VALUES (${id}, ${base?.hash ?? ownBase(tx.database, from)}, ${JSON.stringify(firstContent(from, base))}, ${'{}'}, ${tx.at}, ${tx.session.me.id})`,
  );
  appendTrail(tx, { action: 'pack.draft-started', subjectKind: 'pack', subjectId: id, detail: from?.pack.id ?? '' });
  return loadDraft(tx.database, id);
}

/** A new version of a tailored checklist is still tailored from the same base. */
function ownBase(database: ReadableDatabase, from: LibraryPack | null): string {
  if (from === null) return '';
  const row = database.get<{ base_hash: string }>(
    sql`SELECT base_hash FROM library_pack WHERE pack_id = ${from.pack.id} AND version = ${from.pack.version}`,
  );
  return row?.base_hash ?? '';
}

/** Changes what is given; the rest stays as it was. */
export function saveDraft(
  tx: Change,
  draftId: string,
  content: PackDraftContent | undefined,
  reasons: Readonly<Record<string, string>> | undefined,
): void {
  const row = findRow(tx.database, draftId);
  const newContent = content === undefined ? row.content : JSON.stringify(content);
  const newReasons = reasons === undefined ? row.reasons : JSON.stringify(reasons);
  tx.database.run(
    sql`UPDATE pack_draft SET content = ${newContent}, reasons = ${newReasons}, updated_at = ${tx.at}, updated_by = ${tx.session.me.id} WHERE id = ${draftId}`,
  );
}

export function discardDraft(tx: Change, draftId: string): void {
  findRow(tx.database, draftId);
  tx.database.run(sql`DELETE FROM pack_draft WHERE id = ${draftId}`);
  appendTrail(tx, { action: 'pack.draft-ended', subjectKind: 'pack', subjectId: draftId });
}

function findRow(database: ReadableDatabase, draftId: string): Row {
  const row = database.get<Row>(sql`SELECT * FROM pack_draft WHERE id = ${draftId}`);
  if (row === undefined) throw new ExpectedError('pack.draft-unknown', 'Go back to the list of checklists.');
  return row;
}

function decode(database: ReadableDatabase, row: Row): PackDraft {
  const base = row.base_hash === '' ? null : loadContent(database, row.base_hash);
  return {
    id: row.id,
    content: JSON.parse(row.content) as PackDraftContent,
    base: base === null ? null : { packId: base.id, version: base.version, title: base.title },
    reasons: JSON.parse(row.reasons) as Record<string, string>,
    updatedAt: row.updated_at,
  };
}

function firstContent(from: LibraryPack | null, base: Pack | null): PackDraftContent {
  if (from === null) {
    return { id: '', version: '1.0.0', title: '', summary: '', sources: [{ title: '', citation: '', asOf: '' }], sections: [] };
  }
  const { hash: _, ...content } = from.pack;
  if (base !== null) return { ...content, id: `${base.id}-tailored`, version: '1.0.0', title: `${base.title} (tailored)` };
  return { ...content, version: nextVersion(content.version) };
}

/** `1.2.0` becomes 1.3.0. */
function nextVersion(version: string): string {
  const [major = 1, minor = 0] = version.split('.').map(Number);
  return `${major}.${minor + 1}.0`;
}
