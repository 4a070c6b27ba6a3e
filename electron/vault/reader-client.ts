import type { z } from 'zod';
import type { CsvReading, ImportFile, ImportReading } from '../../shared/checklists/import.ts';
import type { JudgeOptions } from '../../shared/checklists/judge.ts';
import type { KnownControls } from '../../shared/checklists/wording.ts';
import type { Preview, PreviewContent } from '../../shared/domain/preview.ts';
import {
  type ReaderAttachment,
  type ReaderExtract,
  type ReaderFile,
  type ReaderJob,
  type ReaderPreview,
  type ReaderScan,
  readerBounds,
} from '../../shared/domain/reader.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { attachmentAnswer, extractAnswer, previewAnswer, scanAnswer } from './reader/answers.ts';
import { checklistAnswer, rowsAnswer } from './reader/checklist-answers.ts';
import type { Reader } from './reader/queue.ts';

/**
 * What the vault asks about the content of a file. A process without key and database parses it, under limits of time and memory; its
 * answers are checked here. Errors of all: `reader.ended`, `reader.unreadable`, a `CancelledError` when the signal fires.
 */

/** UTF-16 units of a text that are kept for the search. */
export const searchedCharacters = 256 * 1024;

/** What the window draws of a file. A reader that ended is told as the limit `ended`. */
export async function readPreview(reader: Reader, file: ReaderFile, signal: AbortSignal): Promise<Preview> {
  try {
    return withBytes(await ask(reader, { kind: 'preview', file }, previewAnswer, signal), file);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return withBytes({ content: { kind: 'hex' }, limits: ['ended'] }, file);
  }
}

/** The words, facts and likely identifiers of a file. */
export function readText(
  reader: Reader,
  file: ReaderFile,
  signal: AbortSignal,
  mostCharacters = searchedCharacters,
): Promise<ReaderExtract> {
  return ask(reader, { kind: 'extract', file, mostCharacters }, extractAnswer, signal);
}

/** What a file says of itself. */
export async function readFacts(reader: Reader, file: ReaderFile, signal: AbortSignal): Promise<ReaderExtract['facts']> {
  return (await readText(reader, file, signal, 0)).facts;
}

/** Likely identifiers with their places in the extracted text. */
export function readScan(reader: Reader, file: ReaderFile, signal: AbortSignal): Promise<ReaderScan> {
  return ask(reader, { kind: 'scan', file }, scanAnswer, signal);
}

/** One attachment of a mail, by its position in the mail's preview. Its name is as the mail has it: make it safe before using it. */
export function readMailAttachment(reader: Reader, file: ReaderFile, index: number, signal: AbortSignal): Promise<ReaderAttachment> {
  return ask(reader, { kind: 'attachment', file, index }, attachmentAnswer, signal);
}

/** One checklist from picked files, whatever their kind. A signature is taken as the file has it. */
export function readChecklist(
  reader: Reader,
  files: readonly ImportFile[],
  options: { readonly known: KnownControls; readonly today: string; readonly rules: JudgeOptions['rules'] },
  signal: AbortSignal,
): Promise<ImportReading> {
  return ask(reader, { kind: 'checklist', files, ...options }, checklistAnswer, signal);
}

/** The cells of a CSV. */
export function readRows(reader: Reader, name: string, text: string, signal: AbortSignal): Promise<CsvReading> {
  return ask(reader, { kind: 'rows', name, text }, rowsAnswer, signal);
}

async function ask<T>(reader: Reader, job: ReaderJob, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> {
  if (sizeOf(job) > readerBounds.jobBytes) throw new ExpectedError('reader.unreadable', 'It is too large for that.', { reason: 'size' });
  const parsed = schema.safeParse(await reader.run(job, signal));
  if (parsed.success) return parsed.data;
  // It says what no reader says: whatever it is by now, it gets no other file.
  reader.stop();
  throw new ExpectedError('reader.ended', 'Everything else goes on as before.');
}

function sizeOf(job: ReaderJob): number {
  if (job.kind === 'rows') return job.text.length;
  const files = job.kind === 'checklist' ? job.files : [job.file];
  return files.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** The window draws pictures, PDF and media from the bytes themselves; of anything else unknown it gets the first ones. */
function withBytes({ content, limits }: ReaderPreview, { bytes }: ReaderFile): Preview {
  switch (content.kind) {
    case 'image':
    case 'pdf':
    case 'audio':
    case 'video':
      return { content: { ...content, bytes } as PreviewContent, limits };
    case 'hex':
      return { content: { kind: 'hex', bytes: new Uint8Array(bytes.subarray(0, readerBounds.hexBytes)) }, limits };
    default:
      return { content, limits };
  }
}
