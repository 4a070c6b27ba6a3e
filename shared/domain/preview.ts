/**
 * What the window draws of a file. Made from hostile bytes by the reader, a process without key and database, or handed on as bytes
 * where Chromium's own sandboxed decoders draw them. Nothing in here is markup.
 */
export type PreviewContent =
  /** Drawn by the page. `mediaType` is one of `previewImageTypes`. */
  | { readonly kind: 'image'; readonly mediaType: string; readonly bytes: Uint8Array; readonly width: number; readonly height: number }
  /** Drawn by pdf.js in the page. */
  | { readonly kind: 'pdf'; readonly bytes: Uint8Array }
  /** Played by the page. Always whole: a file that is cut is shown as `hex`. */
  | { readonly kind: 'audio' | 'video'; readonly mediaType: string; readonly bytes: Uint8Array }
  /** Text, code, logs, JSON (indented), XML, HTML and SVG as their source. */
  | { readonly kind: 'text'; readonly text: string; readonly language: TextLanguage; readonly encoding: string }
  | { readonly kind: 'table'; readonly sheets: readonly PreviewSheet[] }
  /** A word processor's document or slides as plain paragraphs. */
  | { readonly kind: 'document'; readonly blocks: readonly DocumentBlock[] }
  | { readonly kind: 'mail'; readonly mail: MailContent }
  /** The first bytes of anything else. */
  | { readonly kind: 'hex'; readonly bytes: Uint8Array };

export type PreviewContentKind = PreviewContent['kind'];

export const previewImageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'] as const;

export const textLanguages = ['plain', 'log', 'json', 'xml', 'html', 'yaml', 'markdown', 'code'] as const;
export type TextLanguage = (typeof textLanguages)[number];

export interface PreviewSheet {
  readonly name: string;
  /** Cells as shown, row by row; rows may be of unequal length. The first row is not a header by itself. */
  readonly rows: readonly (readonly string[])[];
  /** How many there are in the file; `rows` may hold fewer. */
  readonly totalRows: number;
  readonly totalColumns: number;
  /** A sheet that the workbook hides; a very hidden one is not even offered to be shown again. */
  readonly hidden?: 'hidden' | 'very-hidden' | undefined;
  /** Rows and columns that are hidden, as `3-5, 8` and `B, D-F`; empty where there are none. */
  readonly hiddenRows?: string | undefined;
  readonly hiddenColumns?: string | undefined;
  /** Not a sheet of the file but the comments on its cells: the place, who wrote it, and what. */
  readonly isComments?: boolean | undefined;
}

/** What stands in a document besides its own text. */
export const documentParts = ['comment', 'footnotes', 'endnotes', 'header', 'footer', 'speaker-notes'] as const;
export type DocumentPartName = (typeof documentParts)[number];

export interface DocumentBlock {
  /** A `part` says what the blocks after it are: `texts` has a name of `documentParts`, which the window translates, and who wrote it, if known. */
  readonly style: 'heading' | 'paragraph' | 'list' | 'row' | 'part';
  /** Of a heading 1 to 6, of a list item its depth from 1, else 0. */
  readonly level: number;
  /** For a `row`, the cells of a table's row; else one entry. */
  readonly texts: readonly string[];
}

export interface MailContent {
  /** In the order of the file, decoded: From, To, Cc, Date, Subject first where present. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** The text part, or the HTML part reduced to text. */
  readonly text: string;
  readonly attachments: readonly MailAttachment[];
}

export interface MailAttachment {
  /** Position in the mail, from 0; names may repeat. */
  readonly index: number;
  readonly name: string;
  readonly mediaType: string;
  /** Bytes after decoding. */
  readonly size: number;
}

/** Why less is shown than there is, or why it is shown in another way. Each has a sentence on the screen. */
export const previewLimits = [
  /** Only the beginning of the file was read. */
  'cut',
  /** More rows, sheets, paragraphs or attachments than are shown. */
  'more',
  /** The file is not what its name or its first bytes say: it could not be read as such. */
  'unreadable',
  /** The content needs a password. */
  'encrypted',
  /** It would unpack to more than is allowed. */
  'bomb',
  /** A picture with more pixels than are drawn. */
  'pixels',
  /** Codes for a terminal's colours and cursor were left out. */
  'terminal',
  /** The file does not say how its letters are written; what is shown is the most likely reading. */
  'guessed',
  /** The document keeps what was deleted and inserted; both are shown, between marks. */
  'tracked',
  /** The reader ran out of time or memory and was ended. */
  'ended',
] as const;
export type PreviewLimit = (typeof previewLimits)[number];

export interface Preview {
  readonly content: PreviewContent;
  readonly limits: readonly PreviewLimit[];
}
