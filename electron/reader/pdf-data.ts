import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** In the bundle the window's copy is used; where Node runs the source, the library's own. */
const folder = new URL(import.meta.url.endsWith('.ts') ? '../../node_modules/pdfjs-dist/cmaps/' : './renderer/pdf/cmaps/', import.meta.url);

/**
 * The tables of characters that PDFs in Chinese, Japanese and Korean name and do not bring along. pdf.js asks for those of its own list; they
 * lie beside the program. The only files that the reader opens.
 */
export class CharacterTables {
  async fetch({ kind, filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
    if (kind !== 'cMapUrl' || !/^[\w-]+\.bcmap$/.test(filename)) throw new Error('Not a table of characters');
    return new Uint8Array(await readFile(fileURLToPath(new URL(filename, folder))));
  }
}
