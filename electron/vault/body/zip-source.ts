import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { counted } from '../../../shared/domain/count.ts';
import { CancelledError, ExpectedError } from '../../../shared/ipc/errors.ts';
import type { LargeObjectWriter } from '../evidence/large-writer.ts';
import { assertAcceptableSize } from '../evidence/source.ts';
import type { ObjectWriter, SealedObject } from '../evidence/store.ts';
import { type BodySource, largestIndex } from './source.ts';

/** More entries than any body of evidence has: hundreds of thousands of pieces, their forms and the index. */
const mostEntries = 2_000_000;

/** Deflate makes text ten times smaller, sometimes a hundred times. What claims more, and is large, is there to fill the disk. */
const largestRatio = 250;
const ratioCountsFrom = 64 * 1024 * 1024;

const indexName = 'INDEX.csv';

/**
 * A body of evidence in a zip file, read entry by entry from the disk. The whole directory is judged before anything is taken: names
 * that lead out, names given twice, encrypted entries, entries that lie over each other and entries that claim to unpack to far more
 * than they hold make the file unusable. Error: `evidence.unreadable` with the reason.
 */
export async function openZipSource(path: string): Promise<BodySource> {
  const zip = await openZip(path);
  try {
    const entries = await readDirectory(zip);
    const prefix = findPrefix(entries);
    return {
      index: () => readIndex(zip, entries.get(prefix + indexName)),
      checksums: () => readIndex(zip, entries.get(`${prefix}SHA256SUMS`)).catch(() => null),
      seal: (name, startObject, signal) => sealEntry(zip, entries.get(inOneForm(prefix + name.replaceAll('\\', '/'))), startObject, signal),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** Some systems take accents apart in the names of files: the index may have them in one form and the zip file in the other. */
function inOneForm(name: string): string {
  return name.normalize('NFC');
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, lazyEntries: true, strictFileNames: false });
  } catch {
    throw refused('It is not a zip file, or it is damaged or cut off.');
  }
}

async function readDirectory(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > mostEntries) throw refused(`It has more than ${counted(mostEntries, 'entry', 'entries')}.`);
  const entries = new Map<string, Entry>();
  const names = new Set<string>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      judge(entry);
      // A file system that ignores case would write one over the other.
      const name = inOneForm(entry.fileName);
      if (names.has(name.toLowerCase())) throw refused('A name is in it twice.');
      names.add(name.toLowerCase());
      entries.set(name, entry);
    }
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw refused(
      /relative path|absolute path/.test(String(error)) ? 'A name in it leads out of the folder.' : 'It is damaged or cut off.',
    );
  }
  assertApart(entries);
  return entries;
}

function judge(entry: Entry): void {
  if (entry.isEncrypted()) throw refused('It is protected by a password. Unpack it first and choose the folder.');
  if (!entry.canDecodeFileData()) throw refused('It is packed in a way that is not read. Unpack it first and choose the folder.');
  if (entry.uncompressedSize > ratioCountsFrom && entry.uncompressedSize > entry.compressedSize * largestRatio)
    throw refused('An entry claims to unpack to far more than it holds.');
}

/** Entries that share bytes let a small file unpack to a huge one. */
function assertApart(entries: ReadonlyMap<string, Entry>): void {
  const places = [...entries.values()]
    .map((entry) => ({ start: entry.relativeOffsetOfLocalHeader, size: entry.compressedSize }))
    .sort((left, right) => left.start - right.start);
  for (const [index, { start }] of places.entries()) {
    const before = places[index - 1];
    if (before !== undefined && before.start + before.size > start) throw refused('Entries in it lie over each other.');
  }
}

/** The index lies at the top, or in the one folder that was packed. */
function findPrefix(entries: ReadonlyMap<string, Entry>): string {
  const found = [...entries.keys()]
    .filter((name) => name === indexName || name.endsWith(`/${indexName}`))
    .sort((left, right) => left.split('/').length - right.split('/').length)[0];
  if (found === undefined) throw refused('INDEX.csv is missing in it.');
  return found.slice(0, -indexName.length);
}

async function readIndex(zip: ZipFile, entry: Entry | undefined): Promise<Uint8Array> {
  if (entry === undefined || entry.uncompressedSize > largestIndex) throw refused('INDEX.csv is too large.');
  const parts: Buffer[] = [];
  try {
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
  } catch {
    throw refused('INDEX.csv cannot be read.');
  }
  return Buffer.concat(parts);
}

async function sealEntry(
  zip: ZipFile,
  entry: Entry | undefined,
  startObject: (size: number) => ObjectWriter | LargeObjectWriter,
  signal: AbortSignal,
): Promise<SealedObject> {
  if (entry === undefined) throw new ExpectedError('evidence.unreadable', 'It is not in the zip file.');
  assertAcceptableSize(entry.uncompressedSize);
  let writer: ObjectWriter | LargeObjectWriter | null = null;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    writer = startObject(entry.uncompressedSize);
    for await (const part of stream) {
      if (signal.aborted) throw new CancelledError();
      await writer.write(part as Buffer);
    }
    return await writer.finish();
  } catch (error) {
    await writer?.discard();
    if (error instanceof ExpectedError || error instanceof CancelledError) throw error;
    throw new ExpectedError('evidence.unreadable', 'It is damaged in the zip file.');
  }
}

function refused(reason: string): ExpectedError {
  return new ExpectedError('evidence.unreadable', `${reason} Nothing was taken in.`);
}
