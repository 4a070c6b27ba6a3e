import type { DocumentBlock, DocumentPartName } from '../../shared/domain/preview.ts';
import { readerBounds } from '../../shared/domain/reader.ts';
import { cutText, normalise } from './text.ts';

export interface ReadDocument {
  readonly blocks: readonly DocumentBlock[];
  readonly more: boolean;
  /** Deleted and inserted words are among them, between marks. */
  readonly tracked?: boolean;
}

/** Takes blocks one by one and keeps as many as are shown. Empty ones are left out. */
export function collectBlocks() {
  const blocks: DocumentBlock[] = [];
  let more = false;
  let part: DocumentBlock | null = null;
  return {
    /** What comes now is not the document's own text. Told with the first block of it. */
    begin(name: DocumentPartName, author = ''): void {
      const short = cutText(normalise(author).trim(), readerBounds.nameCharacters).text;
      part = { style: 'part', level: 0, texts: short === '' ? [name] : [name, short] };
    },
    add(style: Exclude<DocumentBlock['style'], 'part'>, level: number, texts: readonly string[]): void {
      if (texts.every((text) => text.trim() === '')) return;
      if (blocks.length + (part === null ? 0 : 1) >= readerBounds.blocks) {
        more = true;
        return;
      }
      if (part !== null) blocks.push(part);
      part = null;
      const kept = texts.slice(0, readerBounds.columns).map((text) => cutText(normalise(text).trim(), readerBounds.blockCharacters));
      more ||= texts.length > kept.length || kept.some(({ cut }) => cut);
      blocks.push({ style, level: Math.max(0, Math.min(9, Math.trunc(level) || 0)), texts: kept.map(({ text }) => text) });
    },
    finish: (): ReadDocument => ({ blocks, more }),
  };
}

/** The words of a document for search and scan: a line for each block, cells of a row with tabs between them. */
export function documentText({ blocks }: ReadDocument): string {
  return blocks
    .filter(({ style }) => style !== 'part')
    .map(({ texts }) => texts.join('\t'))
    .join('\n');
}
