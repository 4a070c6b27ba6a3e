import { collectBlocks, type ReadDocument } from './blocks.ts';
import { UnreadableFile } from './failure.ts';
import { walkXml } from './xml.ts';
import { unpack } from './zip.ts';

/** Parts with words, in the order in which they are read. */
const parts = /^word\/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$/;

/** Reads a DOCX file (ECMA-376): headings, paragraphs, lists and the rows of tables. */
export function readWord(bytes: Uint8Array): ReadDocument {
  const files = unpack(bytes, (name) => parts.test(name) || name === 'word/styles.xml');
  const body = files.get('word/document.xml');
  if (body === undefined) throw new UnreadableFile('unreadable');
  const headings = headingStyles(files.get('word/styles.xml'));
  const collected = collectBlocks();
  readPart(body, headings, collected);
  for (const [name, part] of files) if (parts.test(name) && name !== 'word/document.xml') readPart(part, headings, collected);
  return collected.finish();
}

/** Levels of the styles that are headings: their ids are translated in localised versions, their names are not. */
function headingStyles(part: Uint8Array | undefined): ReadonlyMap<string, number> {
  const levels = new Map<string, number>([['Title', 1], ...[1, 2, 3, 4, 5, 6].map((level) => [`Heading${level}`, level] as const)]);
  if (part === undefined) return levels;
  let style = '';
  walkXml(part, {
    open({ name, attribute }) {
      if (name === 'style') style = attribute('styleId') ?? '';
      const level = name === 'name' ? /^heading (\d)$/i.exec(attribute('val') ?? '')?.[1] : undefined;
      if (level !== undefined && style !== '') levels.set(style, Math.min(6, Number(level)));
    },
  });
  return levels;
}

function readPart(part: Uint8Array, headings: ReadonlyMap<string, number>, collected: ReturnType<typeof collectBlocks>): void {
  let text = '';
  let heading = 0;
  let list = 0;
  let inText = false;
  /** Tables may stand in cells: the rows and cells that are open, innermost last. */
  const rows: string[][] = [];
  const cells: string[][] = [];
  walkXml(part, {
    open({ name, attribute }) {
      if (name === 'p') {
        text = '';
        heading = 0;
        list = 0;
      } else if (name === 't' || name === 'delText') inText = true;
      else if (name === 'tab') text += '\t';
      else if (name === 'br' || name === 'cr') text += '\n';
      else if (name === 'noBreakHyphen') text += '-';
      else if (name === 'pStyle') heading = headings.get(attribute('val') ?? '') ?? 0;
      else if (name === 'ilvl') list = Number(attribute('val') ?? 0) + 1;
      else if (name === 'numPr') list = Math.max(list, 1);
      else if (name === 'tr') rows.push([]);
      else if (name === 'tc') cells.push([]);
    },
    text(piece) {
      if (inText) text += piece;
    },
    close(name) {
      if (name === 't' || name === 'delText') inText = false;
      else if (name === 'p') {
        const cell = cells.at(-1);
        if (cell !== undefined) cell.push(text);
        else if (heading > 0) collected.add('heading', heading, [text]);
        else if (list > 0) collected.add('list', list, [text]);
        else collected.add('paragraph', 0, [text]);
        text = '';
      } else if (name === 'tc') rows.at(-1)?.push(cells.splice(-1).flat().join('\n'));
      else if (name === 'tr') collected.add('row', 0, rows.splice(-1).flat());
    },
  });
}
