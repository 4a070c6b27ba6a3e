import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { packDifferences } from '../../../shared/checklists/difference.ts';
import { type ImportFile, largestImport } from '../../../shared/checklists/import.ts';
import { judgePack } from '../../../shared/checklists/judge.ts';
import { hashPack } from '../../../shared/checklists/loader.ts';
import { packSchema } from '../../../shared/checklists/schema.ts';
import { counted } from '../../../shared/domain/count.ts';
import { differenceKey } from '../../../shared/domain/pack-entry.ts';
import { coverageBetween } from '../../../shared/domain/relations.ts';
import { ExpectedError } from '../../../shared/ipc/errors.ts';
import type { DraftState, packsFeature } from '../../../shared/ipc/packs.ts';
import { isoToday } from '../audit-repo.ts';
import { announce, type CallContext, type Handlers, openSession, shippedPacks, takeFile } from '../context.ts';
import { readSmallFile } from '../evidence/source.ts';
import { writeFileDurably } from '../files.ts';
import { change, requireWriter } from '../session.ts';
import { mySigningKey } from '../signing.ts';
import { discardDraft, draftBase, listDrafts, loadDraft, saveDraft, startDraft } from './drafts.ts';
import { importFiles } from './import-files.ts';
import { availablePacks, findAvailable, keepPack, removePack } from './library.ts';
import { isPackSignature, signPack } from './signature.ts';
import { writePack, writeTemplate } from './write-file.ts';

/** Faults that travel to the screen; a file with ten thousand of them is told as such. */
const mostFaults = 500;

/** The library of checklists: what is there, in, out, and kept. */
export const packsHandlers: Handlers<typeof packsFeature> = {
  'packs.list': (context) => available(context).map(({ entry }) => entry),

  'packs.get': (context, { packId }) => {
    const { entry, pack } = findAvailable(openSession(context).records, shippedPacks(context), packId);
    return { entry, pack };
  },

  'packs.coverage': (context) => coverageBetween(available(context).map(({ pack }) => pack)),

  'packs.inspect': async (context, { tokens }) => {
    const known = knownControls(context);
    const files: ImportFile[] = [];
    for (const token of tokens) files.push(await readPicked(takeFile(context, token, 'read')));
    const { origin, reading } = await importFiles(context.process.reader, files, known, 'custom', context.signal);
    if (!reading.ok)
      return { ok: false, faults: reading.faults.slice(0, mostFaults), furtherFaults: Math.max(0, reading.faults.length - mostFaults) };
    return {
      ok: true,
      content: reading.content,
      origin,
      file: files
        .map((file) => file.name)
        .join(', ')
        .slice(0, 400),
      signature: reading.signature,
      advice: reading.advice.slice(0, mostFaults),
      furtherAdvice: Math.max(0, reading.advice.length - mostFaults),
    };
  },

  'packs.save': async (context, { content, origin, file, signature, sign }) => {
    const session = openSession(context);
    requireWriter(session);
    const hash = hashPack(content);
    const given = signature !== null && isPackSignature(hash, signature) ? signature : null;
    const own = sign ? signPack(hash, await mySigningKey(session), new Date().toISOString()) : given;
    const pack = change(session, (tx) =>
      keepPack(tx, shippedPacks(context), { content, origin, file, base: null, changes: [], signature: own }),
    );
    announce(context, ['packs']);
    return findAvailable(session.records, shippedPacks(context), pack.id).entry;
  },

  'packs.drafts': (context) => listDrafts(openSession(context).records),

  'packs.startDraft': (context, { packId }) => {
    const session = openSession(context);
    requireWriter(session);
    const from = packId === null ? null : findAvailable(session.records, shippedPacks(context), packId);
    const draft = change(session, (tx) => startDraft(tx, from, shippedPacks(context)));
    announce(context, ['packs']);
    return draft;
  },

  'packs.getDraft': (context, { draftId }) => judgeDraft(context, draftId),

  'packs.saveDraft': (context, { draftId, content, reasons }) => {
    const session = openSession(context);
    requireWriter(session);
    change(session, (tx) => saveDraft(tx, draftId, content, reasons));
    announce(context, ['packs']);
    return judgeDraft(context, draftId);
  },

  'packs.discardDraft': (context, { draftId }) => {
    const session = openSession(context);
    requireWriter(session);
    change(session, (tx) => discardDraft(tx, draftId));
    announce(context, ['packs']);
    return null;
  },

  'packs.publishDraft': async (context, { draftId, sign }) => {
    const session = openSession(context);
    requireWriter(session);
    const { draft, faults, differences } = judgeDraft(context, draftId);
    const parsed = packSchema.safeParse(draft.content);
    const errors = faults.filter((fault) => fault.severity === 'error');
    if (!parsed.success || errors.length > 0)
      throw new ExpectedError('pack.invalid', `Correct what is listed first: ${errors[0]?.message ?? ''}`, { errors: errors.length });
    const content = parsed.data;
    const signature = sign ? signPack(hashPack(content), await mySigningKey(session), new Date().toISOString()) : null;
    const changes = differences
      .map((difference) => ({ ...difference, reason: (draft.reasons[differenceKey(difference)] ?? '').trim() }))
      .filter(({ reason }) => reason !== '');
    const pack = change(session, (tx) => {
      const base = draftBase(tx.database, draftId);
      const origin = base === null ? 'written' : 'tailored';
      const kept = keepPack(tx, shippedPacks(context), { content, origin, file: '', base, changes, signature });
      discardDraft(tx, draftId);
      return kept;
    });
    announce(context, ['packs']);
    return findAvailable(session.records, shippedPacks(context), pack.id).entry;
  },

  'packs.remove': (context, { packId }) => {
    const session = openSession(context);
    requireWriter(session);
    change(session, (tx) => removePack(tx, packId));
    announce(context, ['packs']);
    return null;
  },

  'packs.export': (context, { packId, format, token }) => {
    const { pack, signature } = findAvailable(openSession(context).records, shippedPacks(context), packId);
    const path = takeFile(context, token, 'write');
    writeFileDurably(path, writePack(pack, signature, format));
    return { name: basename(path) };
  },

  'packs.template': (context, { format, token }) => {
    openSession(context);
    const path = takeFile(context, token, 'write');
    writeFileDurably(path, writeTemplate(format, isoToday()));
    return { name: basename(path) };
  },
};

function judgeDraft(context: CallContext, draftId: string): DraftState {
  const { records } = openSession(context);
  const draft = loadDraft(records, draftId);
  const base = draftBase(records, draftId);
  const reading = judgePack(draft.content, '', () => ({ line: 1, column: 1 }), { rules: 'custom', known: knownControls(context) });
  return {
    draft,
    faults: (reading.ok ? reading.advice : reading.faults).slice(0, mostFaults),
    differences: base === null ? [] : packDifferences(base, draft.content),
  };
}

function available(context: CallContext) {
  return availablePacks(openSession(context).records, shippedPacks(context));
}

function knownControls(context: CallContext): Map<string, Set<string>> {
  return new Map(
    available(context).map(({ pack }) => [
      pack.id,
      new Set(pack.sections.flatMap((section) => section.controls.map((control) => control.id))),
    ]),
  );
}

async function readPicked(path: string): Promise<ImportFile> {
  const name = basename(path);
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size > largestImport)
    throw new ExpectedError('pack.invalid', `${name} has ${counted(size, 'byte')}; at most ${counted(largestImport, 'byte')} are read.`, {
      size,
      most: largestImport,
    });
  const bytes = await readSmallFile(path, largestImport);
  if (bytes === null) throw new ExpectedError('pack.invalid', `${name} cannot be read.`, { name });
  return { name, bytes };
}
