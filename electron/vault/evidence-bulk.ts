import type { Evidence, EvidenceFields } from '../../shared/domain/evidence.ts';
import { type AuditId, type ControlReference, controlKey, type EvidenceId } from '../../shared/domain/ids.ts';
import type { Topic } from '../../shared/ipc/contract.ts';
import { CancelledError, ExpectedError } from '../../shared/ipc/errors.ts';
import type { BulkPatch, DamagedPiece, evidenceBulkFeature } from '../../shared/ipc/evidence-bulk.ts';
import { requireOpenAudit } from './audit-repo.ts';
import { announce, type CallContext, type Handlers, openSession, takeFile } from './context.ts';
import { emptyLog } from './db/open.ts';
import { decodeRow, type Fields, updateRecord } from './db/records.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { removeObjects } from './evidence/space.ts';
import { exportPieces } from './evidence-bulk-export.ts';
import { destroyPiece, inUse } from './evidence-destroy.ts';
import { listSuspected } from './evidence-identifiers.ts';
import { assertControls, isInAudit, linkToControl } from './evidence-links.ts';
import { loadPieces } from './evidence-repo.ts';
import { verifyPiece } from './evidence-verify.ts';
import { yieldToOthers } from './give-way.ts';
import { type Change, change, requireWriter, type Session } from './session.ts';
import { appendTrail } from './trail.ts';

/** Many pieces of evidence at once, with an event of the trail for every piece that changed. */
export const evidenceBulkHandlers: Handlers<typeof evidenceBulkFeature> = {
  'evidence.updateMany': async (context, { auditId, changes, isUndo }) => {
    const { records } = writable(context, auditId);
    const wanted = changes.flatMap(({ evidenceIds, ...change }) => [...new Set(evidenceIds)].map((id) => ({ id, ...change })));
    const there = reachable(records, auditId, wanted, isUndo);
    assertRoomForTags(records, there);
    const earlier = grouped<BulkPatch>();
    const unreached = { pieces: wanted.length - there.length, controls: 0 };
    const parts = inParts(context, auditId, ['evidence'], there, (tx, { id, patch, addTags, removeTags }) =>
      describePiece(tx, auditId, id, patch, addTags, removeTags),
    );
    for await (const { changed, gone } of parts) {
      for (const [id, before] of changed) earlier.add(JSON.stringify(before), before, id);
      unreached.pieces += gone;
    }
    return {
      changed: earlier.count(),
      earlier: earlier.groups().map(({ evidenceIds, value }) => ({ evidenceIds, patch: value })),
      unreached,
    };
  },

  'evidence.linkMany': async (context, { auditId, links, present, isUndo }) => {
    const { records } = writable(context, auditId);
    const groups = links.map(({ evidenceIds, controls }) => ({ ids: [...new Set(evidenceIds)], controls: distinct(controls) }));
    const named = distinct(groups.flatMap(({ controls }) => controls));
    const known = new Set(named.filter((control) => !isUndo || isInAudit(records, auditId, control)).map(controlKey));
    if (!isUndo) assertControls(records, auditId, named);
    const wanted = groups.flatMap(({ ids, controls }) =>
      ids.map((id) => ({ id, controls: controls.filter((control) => known.has(controlKey(control))) })),
    );
    const there = reachable(records, auditId, wanted, isUndo);
    const unreached = { pieces: wanted.length - there.length, controls: named.length - known.size };
    const changes = grouped<readonly ControlReference[]>();
    const parts = inParts(context, auditId, ['evidence', 'answers'], there, (tx, { id, controls }) => {
      const done = controls.filter((control) => linkToControl(tx, auditId, id, control, present));
      return done.length > 0 ? done : null;
    });
    for await (const { changed, gone } of parts) {
      for (const [id, done] of changed) changes.add(JSON.stringify(done.map(controlKey)), done, id);
      unreached.pieces += gone;
    }
    return {
      changed: changes.count(),
      links: changes.groups().map(({ evidenceIds, value }) => ({ evidenceIds, controls: value })),
      unreached,
    };
  },

  'evidence.verifyMany': async (context, { auditId, evidenceIds }) => {
    const session = openSession(context);
    const pieces = piecesOf(session, auditId, evidenceIds);
    const total = pieces.reduce((sum, { size }) => sum + size, 0);
    const damaged: DamagedPiece[] = [];
    let done = 0;
    let verified = 0;
    try {
      for (const evidence of pieces) {
        const { ok } = await verifyPiece(context, session, evidence, (bytes) => {
          done += bytes;
          context.progress({ label: evidence.originalName, done, total, unit: 'bytes' });
        }).catch((error: unknown) => {
          // One damaged piece says nothing of the others.
          if (error instanceof ExpectedError && error.code === 'evidence.damaged') return { ok: false };
          throw error;
        });
        verified += 1;
        if (!ok) damaged.push({ evidenceId: evidence.id, number: evidence.number });
      }
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
    }
    if (verified > 0) announce(context, ['evidence'], auditId);
    return { verified, damaged };
  },

  'evidence.exportMany': async (context, { auditId, evidenceIds, token, reason }) => {
    const session = openSession(context);
    const pieces = piecesOf(session, auditId, evidenceIds);
    const written = await exportPieces(context, session, { auditId, pieces, folder: takeFile(context, token, 'write'), reason });
    announce(context, ['evidence'], auditId);
    return written;
  },

  'evidence.destroyMany': async (context, { auditId, evidenceIds, reason }) => {
    const session = writable(context, auditId);
    const ids = [...new Set(evidenceIds)];
    assertPieces(session.records, auditId, ids);
    assertUnlinked(loadPieces(session.records, ids));
    const work = (tx: Change, { id }: { readonly id: EvidenceId }) => ({ objectId: destroyPiece(tx, id, reason) });
    const wanted = ids.map((id) => ({ id }));
    let destroyed = 0;
    for await (const part of inParts(context, auditId, ['evidence'], wanted, work)) {
      destroyed += part.changed.length;
      // The keys are gone already. What is not removed here, e.g. because the vault is locked, is collected when it is opened again.
      emptyLog(session.records);
      await removeObjects(
        session.chunks,
        part.changed.flatMap(([, { objectId }]) => objectId ?? []),
      );
    }
    return { destroyed };
  },

  'evidence.suspected': (context, { auditId }) => listSuspected(openSession(context).records, auditId),
};

/** The open vault when this person may change evidence of the audit and it is not frozen. */
function writable(context: Parameters<typeof openSession>[0], auditId: AuditId): Session {
  const session = openSession(context);
  requireWriter(session);
  requireOpenAudit(session.records, auditId);
  return session;
}

const idOf = ({ id }: { readonly id: EvidenceId }) => id;

/** Those of the pieces that are in the audit. Unless a change is taken back, all of them must be: `evidence.unknown`. */
function reachable<Item extends { readonly id: EvidenceId }>(
  database: ReadableDatabase,
  auditId: AuditId,
  items: readonly Item[],
  isUndo: boolean,
): readonly Item[] {
  if (!isUndo) {
    assertPieces(database, auditId, items.map(idOf));
    return items;
  }
  const known = piecesIn(database, auditId);
  return items.filter(({ id }) => known.has(id));
}

function piecesIn(database: ReadableDatabase, auditId: AuditId): ReadonlySet<EvidenceId> {
  return new Set(database.all<{ id: EvidenceId }>(sql`SELECT id FROM evidence WHERE audit_id = ${auditId}`).map(idOf));
}

/** Throws `evidence.unknown` unless every piece is in the audit. */
function assertPieces(database: ReadableDatabase, auditId: AuditId, ids: readonly EvidenceId[]): void {
  const known = piecesIn(database, auditId);
  if (!ids.every((id) => known.has(id))) throw new ExpectedError('evidence.unknown', 'Reload the list of evidence. Nothing was changed.');
}

function piecesOf(session: Session, auditId: AuditId, ids: readonly EvidenceId[]) {
  assertPieces(session.records, auditId, ids);
  return loadPieces(session.records, ids);
}

/** What one transaction takes, in pieces and in milliseconds: so little that another call waits no longer than it would be noticed. */
const partLimit = { pieces: 100, milliseconds: 50 };

interface Part<Done> {
  readonly changed: readonly (readonly [EvidenceId, Done])[];
  /** Pieces that were destroyed since the call began. */
  readonly gone: number;
}

/**
 * Changes pieces part by part, each part a transaction, so that answers are saved meanwhile. When it is cancelled, what is done stays.
 * `work` gives null where nothing changed. What it gave otherwise is handed out with the piece's id once the part is durable.
 */
async function* inParts<Item extends { readonly id: EvidenceId }, Done>(
  context: CallContext,
  auditId: AuditId,
  topics: readonly Topic[],
  items: readonly Item[],
  work: (tx: Change, item: Item) => Done | null,
): AsyncGenerator<Part<Done>> {
  let hasChanged = false;
  try {
    for (let done = 0; done < items.length && !context.signal.aborted; ) {
      const part = items.slice(done, done + partLimit.pieces);
      const session = writable(context, auditId);
      const { changed, gone } = change(session, (tx): Part<Done> => {
        const present = presentIds(tx.database, part.map(idOf));
        const results: (readonly [EvidenceId, Done])[] = [];
        const begun = performance.now();
        let gone = 0;
        for (const item of part) {
          done += 1;
          const isThere = present.has(item.id);
          if (!isThere) gone += 1;
          const result = isThere ? work(tx, item) : null;
          if (result !== null) results.push([item.id, result]);
          if (performance.now() - begun >= partLimit.milliseconds) break;
        }
        return { changed: results, gone };
      });
      hasChanged ||= changed.length > 0;
      yield { changed, gone };
      context.progress({ label: '', done, total: items.length, unit: 'items' });
      await yieldToOthers();
    }
  } finally {
    if (hasChanged) announce(context, topics, auditId);
  }
}

/**
 * Throws `evidence.in-use` when something would rest on nothing. What rests on a newer revision goes back to the nearest older one
 * that stays, if there is one.
 */
function assertUnlinked(pieces: readonly Evidence[]): void {
  const chosen = new Map(pieces.map((piece) => [piece.id, piece]));
  for (const piece of pieces) {
    if (piece.controls.length + piece.findings.length === 0) continue;
    let oldest: Evidence | undefined = piece;
    while (oldest !== undefined && oldest.supersedes !== '') oldest = chosen.get(oldest.supersedes);
    if (oldest !== undefined) throw inUse(piece);
  }
}

/** Those of the pieces that were not destroyed since the call began. */
function presentIds(database: ReadableDatabase, ids: readonly EvidenceId[]): Set<EvidenceId> {
  const rows = database.all<{ id: EvidenceId }>(
    sql`SELECT id FROM evidence WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
  );
  return new Set(rows.map(idOf));
}

const mostTags = 50;
const plainFields = ['sensitivity', 'collector', 'source', 'method', 'retainUntil'] as const;

interface TagChange {
  readonly patch: BulkPatch;
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
}

function tagsAfter(now: readonly string[], { patch, addTags, removeTags }: TagChange): string[] {
  const kept = (patch.tags ?? now).filter((tag) => !removeTags.includes(tag));
  return [...new Set([...kept, ...addTags])];
}

/** Throws `evidence.tags-full` when a piece would have more tags than one may have. */
function assertRoomForTags(database: ReadableDatabase, changes: readonly (TagChange & { readonly id: EvidenceId })[]): void {
  const wanted = changes.filter(({ addTags }) => addTags.length > 0);
  const rows = database.all<{ id: EvidenceId; tags: string }>(
    sql`SELECT id, tags FROM evidence WHERE id IN (SELECT value FROM json_each(${JSON.stringify(wanted.map(idOf))}))`,
  );
  const now = new Map(rows.map(({ id, tags }) => [id, JSON.parse(tags) as string[]]));
  if (wanted.some((change) => tagsAfter(now.get(change.id) ?? [], change).length > mostTags))
    throw new ExpectedError('evidence.tags-full', 'Remove some first. Nothing was changed.', { most: mostTags });
}

/** Changes what differs from what is there. Returns the values before, or null when nothing differs. */
function describePiece(
  tx: Change,
  auditId: AuditId,
  id: EvidenceId,
  patch: BulkPatch,
  addTags: readonly string[],
  removeTags: readonly string[],
): BulkPatch | null {
  const now = decodeRow('evidence', tx.database.get(sql`SELECT * FROM evidence WHERE id = ${id}`) ?? {}) as unknown as EvidenceFields;
  const tags = tagsAfter(now.tags, { patch, addTags, removeTags });
  const fields: Fields<'evidence'> = Object.fromEntries(
    plainFields.filter((field) => patch[field] !== undefined && patch[field] !== now[field]).map((field) => [field, patch[field]]),
  );
  if (JSON.stringify(tags) !== JSON.stringify(now.tags)) fields.tags = tags;
  if (Object.keys(fields).length === 0) return null;
  const before = updateRecord(tx, 'evidence', id, fields);
  const detail = Object.keys(fields).join(', ');
  appendTrail(tx, { action: 'evidence.described', subjectKind: 'evidence', subjectId: id, auditId, detail, before, after: fields });
  return before as BulkPatch;
}

function distinct(controls: readonly ControlReference[]): ControlReference[] {
  return [...new Map(controls.map((control) => [controlKey(control), control])).values()];
}

/** Pieces with the same value side by side: thousands of pieces mostly share a few. */
function grouped<Value>() {
  const byKey = new Map<string, { readonly value: Value; readonly evidenceIds: EvidenceId[] }>();
  return {
    add(key: string, value: Value, id: EvidenceId): void {
      const group = byKey.get(key);
      if (group === undefined) byKey.set(key, { value, evidenceIds: [id] });
      else group.evidenceIds.push(id);
    },
    groups: () => [...byKey.values()],
    count: () => [...byKey.values()].reduce((sum, { evidenceIds }) => sum + evidenceIds.length, 0),
  };
}
