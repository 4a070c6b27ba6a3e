import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/domain/canonical-json.ts';
import type { TrailHead } from '../../shared/domain/trail.ts';
import { wellFormed } from '../../shared/domain/well-formed.ts';
import { authenticateLink, chainStart, hashLink, isAuthentic, type TrailLink } from './crypto/trail-chain.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import type { Change } from './session.ts';

/** What a use case reports about its change. `before` and `after` are digested, never stored as text. */
export interface TrailEntry {
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly auditId?: string;
  /** Field names, labels and counts; never record text. */
  readonly detail?: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

interface TrailRow {
  sequence: number;
  at: string;
  clock: string;
  copy_id: string;
  person_id: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  audit_id: string;
  detail: string;
  before: string;
  after: string;
  hash: string;
  mac: string;
}

/** Appends one link in the transaction of the change it tells about. */
export function appendTrail(change: Change, entry: TrailEntry): void {
  const { database, session } = change;
  const head = trailHead(database);
  const link: TrailLink = {
    sequence: head.sequence + 1,
    at: change.at,
    clock: change.clock,
    copyId: session.copyId,
    personId: session.me.id,
    action: entry.action,
    subjectKind: entry.subjectKind,
    // The database keeps text as UTF-8, which has no halves of surrogate pairs: what is hashed has to be what is read again.
    subjectId: wellFormed(entry.subjectId),
    auditId: entry.auditId ?? '',
    detail: wellFormed(entry.detail ?? ''),
    before: digest(entry.before),
    after: digest(entry.after),
  };
  const hash = hashLink(link, head.hash);
  database.run(
    sql`INSERT INTO trail (sequence, at, clock, copy_id, person_id, action, subject_kind, subject_id, audit_id, detail, before, after, hash, mac)
        VALUES (${link.sequence}, ${link.at}, ${link.clock}, ${link.copyId}, ${link.personId}, ${link.action}, ${link.subjectKind}, ${link.subjectId},
          ${link.auditId}, ${link.detail}, ${link.before}, ${link.after}, ${hash}, ${authenticateLink(hash, session.keys.trail)})`,
  );
}

/** The last link: its number and hash; number 0 for an empty trail. */
export function trailHead(database: ReadableDatabase): TrailHead {
  return database.get<TrailHead>(sql`SELECT sequence, hash FROM trail ORDER BY sequence DESC LIMIT 1`) ?? { sequence: 0, hash: chainStart };
}

export interface TrailVerification {
  readonly ok: boolean;
  readonly checked: number;
  /** Sequence of the first link that does not fit, or null. */
  readonly firstBroken: number | null;
  readonly head: TrailHead;
}

const verifyBatch = 500;

/** Walks the whole chain: gapless numbers, hashes, MACs. Yields between batches so that other calls are answered. */
export async function verifyTrail(
  database: ReadableDatabase,
  macKey: Uint8Array,
  onBatch: (checked: number) => Promise<void>,
): Promise<TrailVerification> {
  let checked = 0;
  let previousHash = chainStart;
  for (;;) {
    const rows = database.all<TrailRow>(sql`SELECT * FROM trail WHERE sequence > ${checked} ORDER BY sequence LIMIT ${verifyBatch}`);
    for (const row of rows) {
      const hash = hashLink(rowToLink(row), previousHash);
      if (row.sequence !== checked + 1 || hash !== row.hash || !isAuthentic(hash, row.mac, macKey)) {
        return { ok: false, checked, firstBroken: checked + 1, head: trailHead(database) };
      }
      previousHash = hash;
      checked += 1;
    }
    if (rows.length < verifyBatch) return { ok: true, checked, firstBroken: null, head: { sequence: checked, hash: previousHash } };
    await onBatch(checked);
  }
}

/**
 * Whether the links that tell of one record are authentic and follow the link before each of them. `checked` counts them. Says
 * nothing of links that were cut out: `verifyTrail` does.
 */
export function verifyLinksOf(
  database: ReadableDatabase,
  subjectId: string,
  macKey: Uint8Array,
): Pick<TrailVerification, 'checked' | 'firstBroken'> {
  const rows = database.all<TrailRow & { previous: string | null }>(
    sql`SELECT trail.*, (SELECT earlier.hash FROM trail AS earlier WHERE earlier.sequence = trail.sequence - 1) AS previous
        FROM trail WHERE trail.subject_id = ${subjectId} ORDER BY trail.sequence`,
  );
  const broken = rows.find((row) => {
    const hash = hashLink(rowToLink(row), row.sequence === 1 ? chainStart : String(row.previous));
    return hash !== row.hash || !isAuthentic(hash, row.mac, macKey);
  });
  return { checked: rows.length, firstBroken: broken?.sequence ?? null };
}

function rowToLink(row: TrailRow): TrailLink {
  return {
    sequence: row.sequence,
    at: row.at,
    clock: row.clock,
    copyId: row.copy_id,
    personId: row.person_id,
    action: row.action,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    auditId: row.audit_id,
    detail: row.detail,
    before: row.before,
    after: row.after,
  };
}

/** SHA-256 of a value's canonical JSON, or empty where there is none: what a link keeps of `before` and `after`. */
export function digest(value: unknown): string {
  return value === undefined ? '' : createHash('sha256').update(canonicalJson(value)).digest('hex');
}
