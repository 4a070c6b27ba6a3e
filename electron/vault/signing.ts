import { randomUUID } from 'node:crypto';
import type { PersonId } from '../../shared/domain/ids.ts';
import type { Identity } from '../../shared/ipc/people.ts';
import { describeCertificate, issueIdentity, type SigningKey } from './crypto/identity.ts';
import { openSecret, sealSecret } from './crypto/seal.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { type Change, change, type Session } from './session.ts';
import { appendTrail } from './trail.ts';

/**
 * A person's signing identity. The private key is sealed under the person's own key, so that two people who share the
 * vault cannot sign as each other.
 */
interface IdentityRow {
  readonly id: string;
  readonly kind: Identity['kind'];
  readonly certificate: Uint8Array;
  readonly chain: string;
  readonly sealed_key: Uint8Array;
}

/** The identity in use, as shown; null before the first. */
export function currentIdentity(database: ReadableDatabase, personId: PersonId): Identity | null {
  const row = findRow(database, personId);
  return row === undefined ? null : { ...describeCertificate(row.certificate), kind: row.kind };
}

/** The key to sign with. A person without an identity gets a self-issued one first. */
export async function mySigningKey(session: Session): Promise<SigningKey> {
  const row = findRow(session.records, session.me.id);
  const privateKeyPkcs8 = row === undefined ? null : openSecret(session.keys.person, row.sealed_key, sealContext(row.id));
  // A key that was sealed under a lost person key cannot come back; a fresh identity takes its place.
  if (row === undefined || privateKeyPkcs8 === null) return issueMyIdentity(session);
  return {
    certificateDer: row.certificate,
    chain: (JSON.parse(row.chain) as string[]).map((der) => Buffer.from(der, 'base64')),
    privateKeyPkcs8,
  };
}

/** Makes and stores a fresh self-issued identity. */
export async function issueMyIdentity(session: Session): Promise<SigningKey> {
  const key = await issueIdentity({ name: session.me.name, email: session.me.email });
  storeMyIdentity(session, key, 'self-issued');
  return key;
}

/** Stores an identity and retires the one before it, whose certificate stays for old reports. */
export function storeMyIdentity(session: Session, key: SigningKey, kind: Identity['kind']): void {
  const id = randomUUID();
  const sealed = sealSecret(session.keys.person, key.privateKeyPkcs8, sealContext(id));
  change(session, (tx: Change) => {
    tx.database.run(sql`UPDATE identity SET retired_at = ${tx.at} WHERE person_id = ${session.me.id} AND retired_at IS NULL`);
    tx.database.run(
      sql`INSERT INTO identity (id, person_id, kind, certificate, chain, sealed_key, created_at)
          VALUES (${id}, ${session.me.id}, ${kind}, ${Buffer.from(key.certificateDer)}, ${JSON.stringify(key.chain.map((der) => Buffer.from(der).toString('base64')))}, ${sealed}, ${tx.at})`,
    );
    const { fingerprint } = describeCertificate(key.certificateDer);
    appendTrail(tx, {
      action: kind === 'imported' ? 'identity.imported' : 'identity.issued',
      subjectKind: 'person',
      subjectId: session.me.id,
      detail: fingerprint,
      after: { fingerprint, kind },
    });
  });
}

function findRow(database: ReadableDatabase, personId: PersonId): IdentityRow | undefined {
  return database.get<IdentityRow>(
    sql`SELECT id, kind, certificate, chain, sealed_key FROM identity WHERE person_id = ${personId} AND retired_at IS NULL`,
  );
}

function sealContext(identityId: string): string {
  return `sealbook/v1/identity|${identityId}`;
}
