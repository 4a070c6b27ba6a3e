import type { EvidenceFact } from '../../shared/domain/evidence.ts';
import type { ReaderFile } from '../../shared/domain/reader.ts';
import { decodeText } from '../../shared/domain/text-encoding.ts';
import type { ReadDocument } from './blocks.ts';
import { UnreadableFile } from './failure.ts';
import type { Format } from './identify.ts';
import type { ReadMail } from './mail.ts';
import type { ReadTable } from './table.ts';

/** A file as one of the parsers gives it. */
export type ReadContent =
  | { readonly kind: 'pdf'; readonly text: string; readonly cut: boolean; readonly facts: readonly EvidenceFact[] }
  | { readonly kind: 'table'; readonly table: ReadTable }
  | { readonly kind: 'document'; readonly document: ReadDocument }
  | { readonly kind: 'mail'; readonly mail: ReadMail }
  | { readonly kind: 'text'; readonly text: string };

/**
 * Parses a file whose format has words. The parsers are loaded when the first file needs them: most jobs need none.
 * @param mostCharacters of a PDF's text; 0 only opens it
 */
export async function readContent(file: ReaderFile, format: Format, mostCharacters: number): Promise<ReadContent> {
  const { bytes } = file;
  const isCut = bytes.length < file.size;
  switch (format.kind) {
    case 'pdf': {
      const { pdfFacts, pdfText, withPdf } = await import('./pdf.ts');
      return withPdf(bytes, async (document) => {
        if (mostCharacters === 0) return { kind: 'pdf', text: '', cut: false, facts: [] };
        return { kind: 'pdf', ...(await pdfText(document, mostCharacters)), facts: await pdfFacts(document) };
      });
    }
    case 'table': {
      const { readCsv } = await import('./table.ts');
      const { text, guessed } = decodeText(bytes, TextDecoder, isCut);
      const table = readCsv(text, format.delimiter, isCut);
      return table === null ? { kind: 'text', text } : { kind: 'table', table: { ...table, guessed } };
    }
    case 'spreadsheet':
      return { kind: 'table', table: (await import('./spreadsheet.ts')).readSpreadsheet(bytes) };
    case 'word':
      return { kind: 'document', document: (await import('./word.ts')).readWord(bytes) };
    case 'slides':
      return { kind: 'document', document: (await import('./slides.ts')).readSlides(bytes) };
    case 'open-document':
      return { kind: 'document', document: (await import('./open-document.ts')).readOpenDocument(bytes) };
    case 'rtf':
      return { kind: 'document', document: (await import('./rtf.ts')).readRtf(bytes) };
    case 'mail':
      return { kind: 'mail', mail: await (await import('./mail.ts')).readEml(bytes) };
    case 'outlook':
      return { kind: 'mail', mail: (await import('./outlook.ts')).readMsg(bytes) };
    case 'text':
      return { kind: 'text', text: decodeText(bytes, TextDecoder, isCut).text };
    case 'encrypted':
      throw new UnreadableFile('encrypted');
    default:
      throw new UnreadableFile('unreadable');
  }
}
