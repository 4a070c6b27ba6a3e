import type { EvidenceFact } from './evidence.ts';
import type { IdentifierCount, IdentifierScan } from './identifiers.ts';
import type { PreviewContent, PreviewLimit } from './preview.ts';

/**
 * What the vault asks the reader process, and the plain data that comes back. The reader holds no key and no database; it gets the
 * bytes of one file with each job and forgets them.
 */
export interface ReaderFile {
  readonly bytes: Uint8Array;
  /** Only to choose between formats that share a container, such as kinds of text. */
  readonly name: string;
  readonly mediaType: string;
  /** Bytes of the whole file; `bytes` holds fewer where it was cut. */
  readonly size: number;
}

export type ReaderJob =
  | { readonly kind: 'preview'; readonly file: ReaderFile }
  | { readonly kind: 'extract'; readonly file: ReaderFile; readonly mostCharacters: number }
  | { readonly kind: 'scan'; readonly file: ReaderFile }
  | { readonly kind: 'attachment'; readonly file: ReaderFile; readonly index: number }
  /** Files that are one checklist together. */
  | {
      readonly kind: 'checklist';
      readonly files: readonly Pick<ReaderFile, 'name' | 'bytes'>[];
      /** Ids of the controls of the checklists that links may point at. */
      readonly known: ReadonlyMap<string, ReadonlySet<string>>;
      readonly today: string;
      readonly rules: 'house' | 'custom';
    }
  /** The cells of a CSV. */
  | { readonly kind: 'rows'; readonly name: string; readonly text: string };

/** Why a file was not read as what it is. */
export const readerFailures = ['unreadable', 'encrypted', 'bomb'] as const;
export type ReaderFailure = (typeof readerFailures)[number];

type WithoutBytes<Content> = Content extends { readonly bytes: Uint8Array } ? Omit<Content, 'bytes'> : Content;

/** A preview as the reader gives it: the vault, which has the bytes, puts them in where the window draws them itself. */
export interface ReaderPreview {
  readonly content: WithoutBytes<PreviewContent>;
  readonly limits: readonly PreviewLimit[];
}

/** The words of a file, what it says of itself, and how many likely identifiers are among the words. */
export interface ReaderExtract {
  /** Null where the format has no text or its text cannot be read. */
  readonly text: string | null;
  /** There is more text than was given back, or more of the file than was given in. */
  readonly cut: boolean;
  readonly failure: ReaderFailure | null;
  readonly facts: readonly EvidenceFact[];
  readonly identifiers: readonly IdentifierCount[];
}

/** Places count in the lines of the extracted text. Null where there is no text. */
export interface ReaderScan {
  readonly scan: IdentifierScan | null;
  readonly cut: boolean;
}

export interface ReaderAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What the reader never exceeds; the vault refuses an answer that does. */
export const readerBounds = {
  /** Bytes of one file that a job may hold. */
  jobBytes: 64 * 1024 * 1024,
  /** Bytes that an archive of a document may unpack to. */
  unpackedBytes: 192 * 1024 * 1024,
  /** UTF-16 units of a text that is shown. */
  shownCharacters: 32 * 1024 * 1024,
  /** UTF-16 units that are looked through for identifiers. */
  scannedCharacters: 32 * 1024 * 1024,
  /** Bytes of a file without a form of its own that are shown as they are. */
  hexBytes: 64 * 1024,
  /** Of a picture that is drawn. */
  pixels: 64_000_000,
  /** The comments on cells count as one. */
  sheets: 50,
  rows: 20_000,
  columns: 500,
  /** All sheets together. */
  cells: 400_000,
  cellCharacters: 4_000,
  /** Of the hidden rows, or columns, of a sheet as they are listed. */
  hiddenCharacters: 400,
  blocks: 20_000,
  blockCharacters: 20_000,
  headers: 200,
  headerCharacters: 4_000,
  attachments: 500,
  nameCharacters: 300,
  facts: 40,
  /** Of a checklist; faults of what has more are told up to here. */
  packFaults: 5_000,
  faultCharacters: 2_000,
  /** Of a list of files. */
  listCells: 600_000,
} as const;
