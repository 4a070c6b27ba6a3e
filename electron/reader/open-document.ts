import { collectBlocks, type ReadDocument } from './blocks.ts';
import { UnreadableFile } from './failure.ts';
import { walkXml } from './xml.ts';
import { unpack } from './zip.ts';

/** Reads a text or a presentation of OpenDocument (ISO/IEC 26300). Pages of a presentation begin with their name. */
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
  const rows: string[][] = [];
  const cells: string[][] = [];
  const append = (piece: string) => {
    const last = open.length - 1;
    if (last >= 0) open[last] += piece;
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
      else if (name === 'page') {
        page += 1;
        collected.add('heading', 1, [`${page}  ${attribute('name') ?? ''}`.trim()]);
      }
    },
    text: append,
    close(name) {
      if (name === 'p' || name === 'h') {
        const text = open.splice(-1).join();
        const cell = cells.at(-1);
        if (cell !== undefined) cell.push(text);
        else if (name === 'h') collected.add('heading', Math.min(6, heading), [text]);
        else if (list > 0) collected.add('list', list, [text]);
        else collected.add('paragraph', 0, [text]);
      } else if (name === 'list') list -= 1;
      else if (name === 'table-cell') rows.at(-1)?.push(cells.splice(-1).flat().join('\n'));
      else if (name === 'table-row') collected.add('row', 0, rows.splice(-1).flat());
    },
  });
  return collected.finish();
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
