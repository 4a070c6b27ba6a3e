import { randomUUID } from 'node:crypto';
import { evidenceLabel, type RedactedPlace } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { mostPixels, pagePixels, pixelBox, type RedactionKind, resolutions } from '../../shared/domain/redaction.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { pixelChunkLimit, type RedactedCopy } from '../../shared/ipc/redaction.ts';
import { createObject, type ObjectWriter, type SealedObject } from './evidence/store.ts';
import { createPages, type PagesWriter } from './redaction-pages.ts';
import { createPicture, type PictureWriter } from './redaction-picture.ts';
import { nothingRedacted } from './redaction-record.ts';
import type { Session } from './session.ts';

/** The redaction that is open in a vault: at most one, forgotten with the vault. Its copy arrives page by page. */
export interface RedactionJob {
  readonly id: string;
  readonly evidenceId: EvidenceId;
  readonly label: string;
  readonly kind: RedactionKind;
  /** The original, read on request. */
  readonly source: Iterator<Buffer>;
  copying: Copying | null;
}

interface Copying {
  readonly copy: RedactedCopy;
  readonly places: readonly RedactedPlace[];
  readonly pages: number;
  readonly writer: ObjectWriter;
  /** Null for a picture, which is written as it comes. */
  readonly document: PagesWriter | null;
  done: number;
  page: PageInWork | null;
  /** A call works on it; another one in between would mix up the rows. */
  busy: boolean;
}

interface PageInWork {
  readonly width: number;
  readonly size: { readonly width: number; readonly height: number };
  readonly picture: PictureWriter;
  /** The page's bytes, until they go into the PDF. */
  readonly parts: Uint8Array[];
}

/** Largest redacted copy in bytes. */
const largestCopy = 2 * 1024 * 1024 * 1024;

const jobs = new WeakMap<Session, RedactionJob>();

/** Opens a redaction; the one before ends. */
export function openJob(
  session: Session,
  input: { readonly evidenceId: EvidenceId; readonly number: number; readonly kind: RedactionKind; readonly source: Iterator<Buffer> },
): RedactionJob {
  const before = jobs.get(session);
  if (before !== undefined) stopCopying(before);
  const { evidenceId, number, kind, source } = input;
  const job: RedactionJob = { id: randomUUID(), evidenceId, label: evidenceLabel(number), kind, source, copying: null };
  jobs.set(session, job);
  return job;
}

/** The redaction or `redaction.ended`. */
export function findJob(session: Session, id: string): RedactionJob {
  const job = jobs.get(session);
  if (job === undefined || job.id !== id) {
    throw new ExpectedError('redaction.ended', 'Close it and open it again; what was marked has to be marked anew.');
  }
  return job;
}

/** Ends a redaction and removes what was begun; one that ended already is fine. */
export function closeJob(session: Session, id: string): void {
  const job = jobs.get(session);
  if (job === undefined || job.id !== id) return;
  stopCopying(job);
  jobs.delete(session);
}

/** Begins a copy; one that was begun before is forgotten. */
export function startCopy(
  session: Session,
  job: RedactionJob,
  input: { readonly copy: RedactedCopy; readonly places: readonly RedactedPlace[]; readonly pages: number },
): void {
  stopCopying(job);
  if (job.kind === 'text' || (job.kind === 'image' && input.pages !== 1)) throw incomplete();
  if (input.places.some(({ page }) => page > input.pages)) throw incomplete();
  const writer = createObject(session.chunks, session.keys.evidence);
  const write = limited(writer);
  const document = job.kind === 'pdf' ? createPages(`${job.label} redacted`, write) : null;
  job.copying = { ...input, writer, document, done: 0, page: null, busy: false };
}

/** Begins the next page. Errors: `redaction.nothing` for a place of no size, `redaction.too-large`, `redaction.incomplete` out of order or drawn too coarse. */
export function startPage(job: RedactionJob, page: { width: number; height: number; pageWidth: number; pageHeight: number }): void {
  const copying = requireCopying(job);
  if (copying.page !== null || copying.done >= copying.pages) throw fail(job, incomplete());
  const { width, height } = page;
  if (width * height > mostPixels || width * 4 > pixelChunkLimit) {
    throw fail(job, new ExpectedError('redaction.too-large', 'The page has more pixels than can be drawn.', { page: copying.done + 1 }));
  }
  if (copying.document !== null && isTooCoarse(page)) throw fail(job, incomplete());
  const boxes = copying.places.filter((place) => place.page === copying.done + 1).map((place) => pixelBox(place, width, height));
  // The record would tell of a place that hides nothing.
  if (boxes.some(({ left, top, right, bottom }) => left >= right || top >= bottom)) throw fail(job, nothingRedacted());
  const parts: Uint8Array[] = [];
  const write = copying.document === null ? limited(copying.writer) : (bytes: Uint8Array) => parts.push(bytes);
  copying.page = {
    width,
    size: { width: page.pageWidth, height: page.pageHeight },
    picture: createPicture(width, height, boxes, write),
    parts,
  };
}

/** Takes rows of the page; with the last one the page is done. */
export async function takePixels(job: RedactionJob, bytes: Uint8Array): Promise<void> {
  const copying = requireCopying(job);
  const { page } = copying;
  if (page === null || copying.busy) throw fail(job, incomplete());
  const whole = bytes.length > 0 && bytes.length % (page.width * 4) === 0;
  if (!whole || bytes.length > pixelChunkLimit || bytes.length > page.picture.missing()) throw fail(job, incomplete());
  copying.busy = true;
  try {
    await page.picture.write(bytes);
    if (page.picture.missing() === 0) await page.picture.finish();
    // Closed meanwhile: there is nothing any more to which the rows belong.
    if (job.copying !== copying) throw incomplete();
    if (page.picture.missing() > 0) return;
    copying.document?.addPage(page.size, Buffer.concat(page.parts));
    copying.page = null;
    copying.done += 1;
  } catch (error) {
    throw job.copying === copying ? fail(job, error) : incomplete();
  } finally {
    copying.busy = false;
  }
}

/** Ends the copy and gives the sealed object, which nothing refers to yet. Errors: `redaction.incomplete`. */
export async function finishCopy(
  job: RedactionJob,
): Promise<{ readonly object: SealedObject; readonly copy: RedactedCopy; readonly places: readonly RedactedPlace[] }> {
  const copying = requireCopying(job);
  if (copying.busy || copying.page !== null || copying.done !== copying.pages) throw fail(job, incomplete());
  copying.busy = true;
  try {
    await copying.document?.finish();
    if (job.copying !== copying) throw incomplete();
    const object = copying.writer.finish();
    job.copying = null;
    return { object, copy: copying.copy, places: copying.places };
  } catch (error) {
    throw job.copying === copying ? fail(job, error) : incomplete();
  }
}

/** Forgets a copy that was begun and removes its chunks. */
function stopCopying(job: RedactionJob): void {
  const { copying } = job;
  if (copying === null) return;
  job.copying = null;
  copying.page?.picture.discard();
  copying.writer.discard();
}

function fail(job: RedactionJob, error: unknown): unknown {
  stopCopying(job);
  return error;
}

function requireCopying(job: RedactionJob): Copying {
  if (job.copying === null) throw incomplete();
  return job.copying;
}

function incomplete(): ExpectedError {
  return new ExpectedError('redaction.incomplete', 'Nothing was kept. Save the copy again.');
}

/** Fewer than the least dots per inch, where that many can be drawn. One pixel may be lost to rounding. */
function isTooCoarse({ width, height, pageWidth, pageHeight }: Parameters<typeof startPage>[1]): boolean {
  const least = pagePixels({ width: pageWidth, height: pageHeight }, resolutions[0]);
  return width < least.width - 1 || height < least.height - 1;
}

/** Hands bytes to the writer up to the largest copy. */
function limited(writer: ObjectWriter): (bytes: Uint8Array) => void {
  let size = 0;
  return (bytes) => {
    size += bytes.length;
    if (size > largestCopy) throw new ExpectedError('redaction.too-large', 'Choose a lower resolution, or split the PDF.');
    writer.write(bytes);
  };
}
