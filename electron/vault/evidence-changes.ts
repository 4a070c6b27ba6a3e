import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import type { EvidenceChanges } from '../../shared/ipc/evidence.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { loadPieces } from './evidence-repo.ts';

/**
 * What changed in the evidence since the window read it, so that one new file does not cost the whole list. The log of changes has
 * every write of a piece, a link or a finding, in the order in which they were made.
 */

/** Log entries that one answer goes through. A change of tens of thousands of pieces takes several, and other calls come between them. */
const mostEntries = 2000;

export function evidenceChanges(database: ReadableDatabase, auditId: AuditId, since: number | null): EvidenceChanges {
  if (since === null) {
    const newest = database.get<{ sequence: number }>(sql`SELECT coalesce(max(sequence), 0) AS sequence FROM change`);
    return { revision: Number(newest?.sequence), more: false, pieces: [], gone: [] };
  }
  const entries = database.all<Entry>(
    sql`SELECT sequence, entity, entity_id AS id, CASE WHEN entity = 'evidence' AND field IN ('supersedes', '*') THEN before END AS before
        FROM change WHERE sequence > ${since} AND entity IN ('evidence', 'link', 'finding') ORDER BY sequence LIMIT ${mostEntries}`,
  );
  const ids = piecesNamedBy(database, entries);
  const found = loadPieces(database, ids);
  const present = new Set<string>(found.map(({ id }) => id));
  return {
    revision: entries.at(-1)?.sequence ?? since,
    more: entries.length === mostEntries,
    pieces: found.filter((piece) => piece.auditId === auditId),
    gone: ids.filter((id) => !present.has(id)),
  };
}

interface Entry {
  readonly sequence: number;
  readonly entity: 'evidence' | 'link' | 'finding';
  readonly id: string;
  /** JSON of what a piece superseded, or of the piece that was taken out. */
  readonly before: string | null;
}

/** A piece also looks different when another one begins or ceases to supersede it, and when a finding that names it goes or comes back. */
function piecesNamedBy(database: ReadableDatabase, entries: readonly Entry[]): EvidenceId[] {
  const idsOf = (entity: Entry['entity']) =>
    JSON.stringify([...new Set(entries.filter((entry) => entry.entity === entity).map(({ id }) => id))]);
  const evidence = idsOf('evidence');
  const named = database.all<{ id: EvidenceId }>(
    sql`SELECT value AS id FROM json_each(${evidence})
        UNION SELECT supersedes FROM evidence WHERE id IN (SELECT value FROM json_each(${evidence}))
        UNION SELECT CASE kind WHEN 'evidence-control' THEN from_id ELSE to_id END FROM link
          WHERE id IN (SELECT value FROM json_each(${idsOf('link')})) AND kind IN ('evidence-control', 'finding-evidence')
        UNION SELECT to_id FROM link WHERE from_id IN (SELECT value FROM json_each(${idsOf('finding')})) AND kind = 'finding-evidence'`,
  );
  const all = new Set(named.map(({ id }) => id));
  for (const { before } of entries) {
    const value = JSON.parse(before ?? 'null') as EvidenceId | { readonly supersedes: EvidenceId } | null;
    if (value !== null) all.add(typeof value === 'string' ? value : value.supersedes);
  }
  return [...all].filter((id) => id !== ('' as EvidenceId));
}
