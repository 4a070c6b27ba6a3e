import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { hashPack } from '../../../shared/checklists/loader.ts';
import { coverageBetween } from '../../../shared/domain/relations.ts';
import { ExpectedError } from '../../../shared/ipc/errors.ts';
import type { packsFeature } from '../../../shared/ipc/packs.ts';
import { isoToday } from '../audit-repo.ts';
import { announce, type CallContext, type Handlers, openSession, shippedPacks, takeFile } from '../context.ts';
import { writeFileDurably } from '../files.ts';
import { change, requireWriter } from '../session.ts';
import { mySigningKey } from '../signing.ts';
import { availablePacks, findAvailable, keepPack, removePack } from './library.ts';
import { type ImportFile, largestImport, readPackFiles } from './read-files.ts';
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
    const { origin, reading } = readPackFiles(files, known, isoToday());
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

  'packs.save': async (context, { content, origin, file, basePackId, changes, signature, sign }) => {
    const session = openSession(context);
    requireWriter(session);
    const hash = hashPack(content);
    // An id is known by its newest version; what is saved replaces it, so its own links are checked against itself.
    const given = signature !== null && isPackSignature(hash, signature) ? signature : null;
    const own = sign ? signPack(hash, await mySigningKey(session), new Date().toISOString()) : given;
    const base = basePackId === null ? null : findAvailable(session.records, shippedPacks(context), basePackId).pack;
    const pack = change(session, (tx) => keepPack(tx, shippedPacks(context), { content, origin, file, base, changes, signature: own }));
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
  try {
    const { size } = await stat(path);
    if (size > largestImport)
      throw new ExpectedError('pack.invalid', `${name} has ${size} bytes; at most ${largestImport} are read.`, {
        size,
        most: largestImport,
      });
    return { name, bytes: await readFile(path) };
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError('pack.invalid', `${name} cannot be read.`, { name });
  }
}
