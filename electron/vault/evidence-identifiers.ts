import { type IdentifierCount, suggestedSensitivity } from '../../shared/domain/identifiers.ts';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import type { Change } from './session.ts';

/**
 * Which pieces likely hold identifiers: kinds and counts of the last look, so that the register can be narrowed to them. Worked out
 * from the content like the text search, therefore neither a mergeable record nor an event of the trail.
 */

/**
 * Keeps what the last look through a piece found; finding nothing forgets what was found before. Where it is likely health data or a
 * secret, the small picture that was made meanwhile goes.
 */
export function noteIdentifiers(tx: Change, auditId: AuditId, evidenceId: EvidenceId, counts: readonly IdentifierCount[]): void {
  if (isLikelySensitive(counts)) tx.database.run(sql`DELETE FROM evidence_picture WHERE evidence_id = ${evidenceId}`);
  if (counts.length === 0) forgetIdentifiers(tx, evidenceId);
  else
    tx.database.run(
      sql`INSERT INTO evidence_identifiers (evidence_id, audit_id, counts) VALUES (${evidenceId}, ${auditId}, ${JSON.stringify(counts)})
        ON CONFLICT (evidence_id) DO UPDATE SET counts = excluded.counts`,
    );
}

/** Whether what was found is likely health data or a secret. An address alone is not. */
export function isLikelySensitive(counts: readonly IdentifierCount[]): boolean {
  const likely = suggestedSensitivity(counts.map(({ kind }) => kind));
  return likely === 'phi' || likely === 'secret';
}

export function forgetIdentifiers(tx: Change, evidenceId: EvidenceId): void {
  tx.database.run(sql`DELETE FROM evidence_identifiers WHERE evidence_id = ${evidenceId}`);
}

/** What the last look through a piece found. */
export function identifiersOf(database: ReadableDatabase, evidenceId: EvidenceId): readonly IdentifierCount[] {
  const row = database.get<{ counts: string }>(sql`SELECT counts FROM evidence_identifiers WHERE evidence_id = ${evidenceId}`);
  return row === undefined ? [] : (JSON.parse(row.counts) as IdentifierCount[]);
}

/** The audit's pieces in which something was found. */
export function listSuspected(database: ReadableDatabase, auditId: AuditId): { evidenceId: EvidenceId; counts: IdentifierCount[] }[] {
  return database
    .all<{ evidence_id: EvidenceId; counts: string }>(
      sql`SELECT evidence_id, counts FROM evidence_identifiers WHERE audit_id = ${auditId} ORDER BY evidence_id`,
    )
    .map((row) => ({ evidenceId: row.evidence_id, counts: JSON.parse(row.counts) as IdentifierCount[] }));
}
