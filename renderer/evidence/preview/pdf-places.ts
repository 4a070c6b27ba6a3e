import type { IdentifierHit } from '../../../shared/domain/identifiers.ts';
import type { PageText, PdfPlace } from '../../ui/pdf-text.ts';
import { maskPattern } from './mask.ts';

/** Between two pages the extracted text has an empty line. */
const linesBetween = 2;

/**
 * Where in a PDF an identifier lies that was found in its extracted text: by line and column, or, where the words were joined differently, the
 * nearest place of that page that looks the same. Null where no page has that line.
 */
export async function placeInPdf(
  textOf: (page: number) => Promise<PageText>,
  pages: number,
  { line, column, masked }: IdentifierHit,
): Promise<PdfPlace | null> {
  let first = 1;
  for (let page = 1; page <= pages; page += 1) {
    // A page that cannot be read is empty in the extracted text, too.
    const { text, lineEnds } = await textOf(page).catch(() => ({ text: '', lineEnds: [] }));
    const within = line - first;
    if (within <= lineEnds.length) {
      const begin = within <= 0 ? 0 : (lineEnds[within - 1] ?? 0) + 1;
      return placeOnPage(page, text, begin + column - 1, masked);
    }
    first += lineEnds.length + linesBetween;
  }
  return null;
}

function placeOnPage(page: number, text: string, position: number, masked: string): PdfPlace {
  const alike = [...text.matchAll(maskPattern(masked))].map(({ index, 0: found }) => ({ page, start: index, length: found.length }));
  const [nearest] = alike.sort((one, other) => Math.abs(one.start - position) - Math.abs(other.start - position));
  return nearest ?? { page, start: Math.min(position, text.length), length: 0 };
}
