import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The content of one link before it is hashed. Digests are hex SHA-256 or empty. */
export interface TrailLink {
  readonly sequence: number;
  readonly at: string;
  readonly clock: string;
  readonly copyId: string;
  readonly personId: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly auditId: string;
  readonly detail: string;
  readonly before: string;
  readonly after: string;
}

/** The hash before the first link. */
export const chainStart = '0'.repeat(64);

/** SHA-256 over canonical JSON of the link and the hash before it. */
export function hashLink(link: TrailLink, previousHash: string): string {
  return createHash('sha256').update(canonicalLink(link, previousHash)).digest('hex');
}

/** What `canonicalJson` gives, without sorting for each link, because the members are written down in their order: a trail has a million links. */
function canonicalLink(link: TrailLink, previousHash: string): string {
  const { action, after, at, auditId, before, clock, copyId, detail, personId, sequence, subjectId, subjectKind } = link;
  return JSON.stringify({
    action,
    after,
    at,
    auditId,
    before,
    clock,
    copyId,
    detail,
    personId,
    previousHash,
    sequence,
    subjectId,
    subjectKind,
  });
}

/** HMAC-SHA-256 over the hash: someone who can write the file but does not hold the vault key cannot extend the chain. */
export function authenticateLink(hash: string, macKey: Uint8Array): string {
  return createHmac('sha256', macKey).update(hash, 'hex').digest('hex');
}

/** Whether a stored MAC belongs to the hash. */
export function isAuthentic(hash: string, mac: string, macKey: Uint8Array): boolean {
  const expected = Buffer.from(authenticateLink(hash, macKey), 'hex');
  const found = Buffer.from(mac, 'hex');
  return found.length === expected.length && timingSafeEqual(found, expected);
}
