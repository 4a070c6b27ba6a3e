import type { Evidence } from '../../shared/domain/evidence.ts';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import type { ReadableDatabase } from './db/sql.ts';
import { evidenceChanges } from './evidence-changes.ts';
import { listEvidence } from './evidence-repo.ts';

/** Pieces read before other calls get their turn: some 20 ms. */
const pageLength = 1000;

/** Brings a list that was read ahead up to the moment of `database`, mostly by one short query. */
export type ListAtThisMoment = (database: ReadableDatabase) => Evidence[];

/**
 * Reads all evidence of an audit for work that needs it as it is at one moment, without holding up other calls: page by page, while
 * others write, and then what they wrote, by the log of changes. `wait` runs between pages and may throw to stop.
 */
export async function readEvidenceAhead(records: ReadableDatabase, auditId: AuditId, wait: () => Promise<void>): Promise<ListAtThisMoment> {
  const pieces = new Map<EvidenceId, Evidence>();
  let { revision } = evidenceChanges(records, auditId, null);
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page = listEvidence(records, auditId, { after, limit: pageLength });
    for (const piece of page) pieces.set(piece.id, piece);
    after = page.at(-1)?.number;
    await wait();
  }
  /** Whether more was written than one answer of the log holds. */
  const catchUp = (database: ReadableDatabase): boolean => {
    const changes = evidenceChanges(database, auditId, revision);
    for (const piece of changes.pieces) pieces.set(piece.id, piece);
    for (const id of changes.gone) pieces.delete(id);
    revision = changes.revision;
    return changes.more;
  };
  while (catchUp(records)) await wait();
  return (database) => {
    while (catchUp(database));
    return [...pieces.values()].sort((one, other) => one.number - other.number);
  };
}
