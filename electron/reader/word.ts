import type { DocumentPartName } from '../../shared/domain/preview.ts';
import { collectBlocks, type ReadDocument } from './blocks.ts';
import { UnreadableFile } from './failure.ts';
import { isWordBody, trackingMarks as marks } from './word-parts.ts';
import { walkXml } from './xml.ts';
import { unpack } from './zip.ts';

/** Parts with words besides the body. */
const parts = /^word\/(header|footer|footnotes|endnotes|comments)\d*\.xml$/;
const partNames: ReadonlyMap<string, DocumentPartName> = new Map([
  ['header', 'header'],
  ['footer', 'footer'],
  ['footnotes', 'footnotes'],
  ['endnotes', 'endnotes'],
]);

/**
 * Reads a DOCX file (ECMA-376): headings, paragraphs, lists and the rows of tables. Words whose change is tracked stand between `[-` and
 * `-]` where they were deleted or moved away, between `[+` and `+]` where they were inserted or moved to.
 */
export function readWord(bytes: Uint8Array): ReadDocument {
  const files = unpack(bytes, (name) => isWordBody(name) || parts.test(name) || name === 'word/styles.xml');
  const body = [...files].find(([name]) => isWordBody(name))?.[1];
  if (body === undefined) throw new UnreadableFile('unreadable');
  const headings = headingStyles(files.get('word/styles.xml'));
  const collected = collectBlocks();
  let tracked = readPart(body, headings, collected);
  for (const [name, part] of files) {
    const kind = parts.exec(name)?.[1];
    if (kind === undefined) continue;
    const partName = partNames.get(kind);
    // Each comment begins by itself, with who wrote it.
    if (partName !== undefined) collected.begin(partName);
    tracked = readPart(part, headings, collected) || tracked;
  }
  return { ...collected.finish(), tracked };
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

type Tracking = keyof typeof marks;
const trackings: ReadonlyMap<string, Tracking> = new Map([
  ['ins', 'inserted'],
  ['moveTo', 'inserted'],
  ['del', 'deleted'],
  ['moveFrom', 'deleted'],
]);

interface Paragraph {
  text: string;
  heading: number;
  list: number;
  /** How the words at the end of the text are tracked. */
  tracking: Tracking | undefined;
}

/** Returns whether changes are tracked in it. */
function readPart(part: Uint8Array, headings: ReadonlyMap<string, number>, collected: ReturnType<typeof collectBlocks>): boolean {
  /** Paragraphs may hold others, in text boxes: the ones that are open, innermost last. */
  const paragraphs: Paragraph[] = [];
  /** Tables may stand in cells: the rows and cells that are open, innermost last. */
  const rows: string[][] = [];
  const cells: string[][] = [];
  const trackedIn: Tracking[] = [];
  const alternatives = collectAlternatives();
  let inText = false;
  let tracked = false;

  const append = (piece: string, tracking: Tracking | undefined) => {
    const paragraph = paragraphs.at(-1);
    if (paragraph === undefined) return;
    if (tracking !== paragraph.tracking) {
      if (paragraph.tracking !== undefined) paragraph.text += marks[paragraph.tracking][1];
      if (tracking !== undefined) paragraph.text += marks[tracking][0];
      paragraph.tracking = tracking;
    }
    tracked ||= tracking !== undefined;
    paragraph.text += piece;
  };
  const finish = ({ text, heading, list }: Paragraph) => {
    if (!alternatives.isNew(text)) return;
    const cell = cells.at(-1);
    if (cell !== undefined) cell.push(text);
    else if (heading > 0) collected.add('heading', heading, [text]);
    else if (list > 0) collected.add('list', list, [text]);
    else collected.add('paragraph', 0, [text]);
  };

  walkXml(part, {
    open({ name, attribute }) {
      const paragraph = paragraphs.at(-1);
      const tracking = trackings.get(name);
      if (tracking !== undefined) trackedIn.push(tracking);
      alternatives.open(name);
      if (name === 'p') paragraphs.push({ text: '', heading: 0, list: 0, tracking: undefined });
      else if (name === 't' || name === 'delText') inText = true;
      else if (name === 'tab') append('\t', paragraph?.tracking);
      else if (name === 'br' || name === 'cr') append('\n', paragraph?.tracking);
      else if (name === 'noBreakHyphen') append('-', trackedIn.at(-1));
      else if (name === 'tr') rows.push([]);
      else if (name === 'tc') cells.push([]);
      else if (name === 'comment') collected.begin('comment', attribute('author'));
      else if (paragraph === undefined) return;
      else if (name === 'pStyle') paragraph.heading = headings.get(attribute('val') ?? '') ?? 0;
      else if (name === 'ilvl') paragraph.list = Number(attribute('val') ?? 0) + 1;
      else if (name === 'numPr') paragraph.list = Math.max(paragraph.list, 1);
    },
    text(piece) {
      if (inText) append(piece, trackedIn.at(-1));
    },
    close(name) {
      if (trackings.has(name)) trackedIn.pop();
      alternatives.close(name);
      if (name === 't' || name === 'delText') inText = false;
      else if (name === 'p') {
        append('', undefined);
        for (const paragraph of paragraphs.splice(-1)) finish(paragraph);
      } else if (name === 'tc') rows.at(-1)?.push(cells.splice(-1).flat().join('\n'));
      else if (name === 'tr') collected.add('row', 0, rows.splice(-1).flat());
    },
  });
  return tracked;
}

/** A text box stands in the file twice, the second time for programs that do not know the first. What both say is told once. */
function collectAlternatives() {
  let depth = 0;
  let inFallback = false;
  let said = new Set<string>();
  return {
    open(name: string): void {
      if (name === 'Fallback') inFallback = true;
      if (name !== 'Choice') return;
      if (depth === 0) said = new Set();
      depth += 1;
    },
    close(name: string): void {
      if (name === 'Choice') depth -= 1;
      if (name === 'Fallback') inFallback = false;
    },
    /** Whether a paragraph that ends here was not told before. */
    isNew(text: string): boolean {
      if (depth > 0) said.add(text);
      return !inFallback || depth > 0 || !said.has(text);
    },
  };
}
