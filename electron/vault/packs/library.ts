import { randomUUID } from 'node:crypto';
import { packDifferences } from '../../../shared/checklists/difference.ts';
import { hashPack } from '../../../shared/checklists/loader.ts';
import type { PackContent } from '../../../shared/checklists/schema.ts';
import type { Pack } from '../../../shared/domain/control.ts';
import { differenceKey, type PackEntry, type PackSignature, type TailoringChange } from '../../../shared/domain/pack-entry.ts';
import { ExpectedError } from '../../../shared/ipc/errors.ts';
import { type ReadableDatabase, sql } from '../db/sql.ts';
import type { Change } from '../session.ts';
import { appendTrail } from '../trail.ts';
import { summarisePack } from './shipped.ts';

/** The vault's own checklists beside the shipped ones. A version, once kept, never changes. */

export interface LibraryPack {
  readonly pack: Pack;
  readonly entry: PackEntry;
  readonly signature: PackSignature | null;
}

interface Row {
  readonly version: string;
  readonly hash: string;
  readonly origin: PackEntry['origin'];
  readonly file: string;
  readonly base_hash: string;
  readonly changes: string;
  readonly signature: string;
  readonly added_at: string;
  readonly [column: string]: unknown;
}

/** Content by hash: it never changes, so it is read once in the life of the process. */
const contents = new Map<string, Pack>();

/** Shipped checklists and the newest version of each of the vault's own. */
export function availablePacks(database: ReadableDatabase, shipped: readonly Pack[]): LibraryPack[] {
  const rows = database.all<Row>(sql`SELECT * FROM library_pack WHERE removed = 0`);
  const newest = new Map<string, Row>();
  for (const row of rows) {
    const best = newest.get(String(row.pack_id));
    if (best === undefined || compareVersions(row.version, best.version) > 0) newest.set(String(row.pack_id), row);
  }
  return [
    ...shipped.map((pack) => ({ pack, entry: shippedEntry(pack), signature: null })),
    ...[...newest.values()].map((row) => decode(database, row)).sort((one, other) => one.pack.title.localeCompare(other.pack.title, 'en')),
  ];
}

/** One checklist by id or `pack.unknown`. */
export function findAvailable(database: ReadableDatabase, shipped: readonly Pack[], id: string): LibraryPack {
  const found = availablePacks(database, shipped).find(({ pack }) => pack.id === id);
  if (found === undefined) throw new ExpectedError('pack.unknown', 'List the checklists to see their ids.', { id });
  return found;
}

export interface NewPack {
  readonly content: PackContent;
  readonly origin: PackEntry['origin'];
  readonly file: string;
  readonly base: Pack | null;
  readonly changes: readonly TailoringChange[];
  readonly signature: PackSignature | null;
}

/** Keeps a version. Errors: `pack.exists`, `pack.reason-missing`. */
export function keepPack(tx: Change, shipped: readonly Pack[], { content, origin, file, base, changes, signature }: NewPack): Pack {
  const pack: Pack = { ...content, hash: hashPack(content) };
  if (shipped.some((other) => other.id === pack.id))
    throw new ExpectedError('pack.exists', 'A checklist that ships with Sealbook has this id. Choose another id.', { id: pack.id });
  if (base !== null) requireReasons(base, pack, changes);
  const known = tx.database.get<{ id: string; hash: string; removed: number }>(
    sql`SELECT id, hash, removed FROM library_pack WHERE pack_id = ${pack.id} AND version = ${pack.version}`,
  );
  if (known !== undefined && known.hash !== pack.hash)
    throw new ExpectedError('pack.exists', 'This version is kept with another content. Give the changed checklist a higher version.', {
      id: pack.id,
      version: pack.version,
    });
  storeContent(tx, pack);
  if (known === undefined) {
    tx.database.run(
      sql`INSERT INTO library_pack (id, pack_id, version, hash, origin, file, base_hash, changes, signature, removed, added_at, added_by)
          VALUES (${randomUUID()}, ${pack.id}, ${pack.version}, ${pack.hash}, ${origin}, ${file}, ${base?.hash ?? ''}, ${JSON.stringify(changes)},
            ${signature === null ? '' : JSON.stringify(signature)}, 0, ${tx.at}, ${tx.session.me.id})`,
    );
  } else {
    const kept = signature === null ? sql`signature` : sql`${JSON.stringify(signature)}`;
    tx.database.run(sql`UPDATE library_pack SET removed = 0, signature = ${kept} WHERE id = ${known.id}`);
  }
  if (base !== null) storeContent(tx, base);
  appendTrail(tx, {
    action: 'pack.kept',
    subjectKind: 'pack',
    subjectId: pack.id,
    detail: `${pack.id} ${pack.version}`,
    after: { hash: pack.hash, origin, changes },
  });
  return pack;
}

/** Takes every version out of the library; `pack.unknown` when there is none. */
export function removePack(tx: Change, packId: string): void {
  const found = tx.database.get(sql`SELECT 1 FROM library_pack WHERE pack_id = ${packId} AND removed = 0`);
  if (found === undefined) throw new ExpectedError('pack.unknown', 'Only checklists of your own can be removed.', { id: packId });
  tx.database.run(sql`UPDATE library_pack SET removed = 1 WHERE pack_id = ${packId}`);
  appendTrail(tx, { action: 'pack.removed', subjectKind: 'pack', subjectId: packId, detail: packId });
}

/** Keeps a checklist's content under its hash, so that later versions never change what an audit asked. */
export function storeContent(tx: Change, pack: Pack): void {
  tx.database.run(
    sql`INSERT INTO pack (hash, pack_id, version, title, content) VALUES (${pack.hash}, ${pack.id}, ${pack.version}, ${pack.title}, ${JSON.stringify(pack)})
        ON CONFLICT (hash) DO NOTHING`,
  );
}

/** The content under a hash, as it was kept. */
export function loadContent(database: ReadableDatabase, hash: string): Pack {
  const cached = contents.get(hash);
  if (cached !== undefined) return cached;
  const row = database.get<{ content: string }>(sql`SELECT content FROM pack WHERE hash = ${hash}`);
  if (row === undefined) throw new ExpectedError('pack.unknown', 'Its content is not in the vault.');
  const pack = JSON.parse(row.content) as Pack;
  contents.set(hash, pack);
  return pack;
}

function decode(database: ReadableDatabase, row: Row): LibraryPack {
  const pack = loadContent(database, row.hash);
  const signature = row.signature === '' ? null : (JSON.parse(row.signature) as PackSignature);
  const base = row.base_hash === '' ? null : loadContent(database, row.base_hash);
  return {
    pack,
    signature,
    entry: {
      ...summarisePack(pack),
      origin: row.origin,
      file: row.file,
      signature: signature === null ? null : { signer: signature.signer, fingerprint: signature.fingerprint, signedAt: signature.signedAt },
      base: base === null ? null : { packId: base.id, version: base.version },
      changes: JSON.parse(row.changes) as TailoringChange[],
      addedAt: row.added_at,
    },
  };
}

function shippedEntry(pack: Pack): PackEntry {
  return { ...summarisePack(pack), origin: 'shipped', file: '', signature: null, base: null, changes: [], addedAt: '' };
}

function requireReasons(base: Pack, pack: Pack, changes: readonly TailoringChange[]): void {
  const given = new Set(changes.map(differenceKey));
  const missing = packDifferences(base, pack).filter((difference) => !given.has(differenceKey(difference)));
  const [first] = missing;
  if (first !== undefined)
    throw new ExpectedError('pack.reason-missing', 'Give a reason for every control that was added, removed or reworded.', {
      missing: missing.length,
      first: first.controlId,
    });
}

/** Negative, zero or positive: `1.10.0` comes after `1.9.0`. */
export function compareVersions(one: string, other: string): number {
  const left = one.split('.').map(Number);
  const right = other.split('.').map(Number);
  return left.map((number, index) => number - Number(right[index])).find((difference) => difference !== 0) ?? 0;
}
