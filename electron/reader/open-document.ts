import type { DocumentPartName } from '../../shared/domain/preview.ts';
import { collectBlocks, type ReadDocument } from './blocks.ts';
import { UnreadableFile } from './failure.ts';
import { trackingMarks as marks } from './word-parts.ts';
import { walkXml } from './xml.ts';
import { unpack } from './zip.ts';

/** What does not belong to the text around it: its paragraphs come behind the document's own. */
interface Aside {
  readonly name: DocumentPartName;
  author: string;
  readonly texts: string[];
  /** How many paragraphs were open around it. */
  readonly around: number;
}

/**
 * Reads a text or a presentation of OpenDocument (ISO/IEC 26300). Pages of a presentation begin with their name; comments and notes of the
 * speaker come last. Words whose change is tracked stand between the marks that they have in a DOCX.
 */
export function readOpenDocument(bytes: Uint8Array): ReadDocument {
  const files = unpack(bytes, (name) => name === 'content.xml' || name === 'META-INF/manifest.xml');
  const manifest = files.get('META-INF/manifest.xml');
  if (manifest !== undefined && declaresEncryption(manifest)) throw new UnreadableFile('encrypted');
  const content = files.get('content.xml');
  if (content === undefined) throw new UnreadableFile('unreadable');
  const collected = collectBlocks();
  /** Paragraphs may hold others, in frames and notes: the texts of the open ones, innermost last. */
  const open: string[] = [];
  let heading = 0;
  let list = 0;
  let page = 0;
  const asides: Aside[] = [];
  const openAsides: Aside[] = [];
  let inCreator = false;
  /** Tracked changes by their id: what was deleted, or null for an insertion. */
  const changes = new Map<string, string[] | null>();
  let region = '';
  let inDeletion = false;
  let tracked = false;
  const rows: string[][] = [];
  const cells: string[][] = [];
  const append = (piece: string) => {
    const last = open.length - 1;
    if (last >= (openAsides.at(-1)?.around ?? 0)) open[last] += piece;
  };
  const mark = (id: string | undefined, inserted: string) => {
    const change = changes.get(id ?? '');
    if (change === undefined) return;
    tracked = true;
    append(change === null ? inserted : `${marks.deleted[0]}${change.join('\n')}${marks.deleted[1]}`);
  };
  walkXml(content, {
    open({ name, attribute }) {
      if (name === 'p' || name === 'h') {
        open.push('');
        heading = name === 'h' ? Number(attribute('outline-level') ?? 1) : 0;
      } else if (name === 'list') list += 1;
      else if (name === 's') append(' '.repeat(Math.min(1000, Number(attribute('c') ?? 1) || 1)));
      else if (name === 'tab') append('\t');
      else if (name === 'line-break') append('\n');
      else if (name === 'table-row') rows.push([]);
      else if (name === 'table-cell') cells.push([]);
      else if (name === 'annotation' || name === 'notes') {
        const aside: Aside = { name: name === 'notes' ? 'speaker-notes' : 'comment', author: '', texts: [], around: open.length };
        asides.push(aside);
        openAsides.push(aside);
      } else if (name === 'creator') inCreator = true;
      else if (name === 'changed-region') region = attribute('id') ?? '';
      else if (name === 'insertion') changes.set(region, null);
      else if (name === 'deletion') {
        changes.set(region, []);
        inDeletion = true;
      } else if (name === 'change' || name === 'change-start') mark(attribute('change-id'), marks.inserted[0]);
      else if (name === 'change-end') mark(attribute('change-id'), marks.inserted[1]);
      else if (name === 'page') {
        page += 1;
        collected.add('heading', 1, [`${page}  ${attribute('name') ?? ''}`.trim()]);
      }
    },
    text(piece) {
      const aside = openAsides.at(-1);
      if (inCreator && aside !== undefined) aside.author += piece;
      else append(piece);
    },
    close(name) {
      if (name === 'p' || name === 'h') {
        const text = open.splice(-1).join();
        const cell = cells.at(-1);
        const aside = openAsides.at(-1);
        if (inDeletion) changes.get(region)?.push(text);
        else if (aside !== undefined) aside.texts.push(text);
        else if (cell !== undefined) cell.push(text);
        else if (name === 'h') collected.add('heading', Math.min(6, heading), [text]);
        else if (list > 0) collected.add('list', list, [text]);
        else collected.add('paragraph', 0, [text]);
      } else if (name === 'creator') inCreator = false;
      else if (name === 'deletion') inDeletion = false;
      else if (name === 'annotation' || name === 'notes') openAsides.pop();
      else if (name === 'list') list -= 1;
      else if (name === 'table-cell') rows.at(-1)?.push(cells.splice(-1).flat().join('\n'));
      else if (name === 'table-row') collected.add('row', 0, rows.splice(-1).flat());
    },
  });
  for (const { name, author, texts } of asides) {
    collected.begin(name, author);
    for (const text of texts) collected.add('paragraph', 0, [text]);
  }
  return { ...collected.finish(), tracked };
}

function declaresEncryption(manifest: Uint8Array): boolean {
  let found = false;
  // Some writers put a document type declaration in front of the manifest; such a manifest tells nothing here.
  try {
    walkXml(manifest, {
      open({ name }) {
        if (name === 'encryption-data') found = true;
      },
    });
  } catch {
    return false;
  }
  return found;
}
