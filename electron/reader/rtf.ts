import { decodeText } from '../../shared/domain/text-encoding.ts';
import { collectBlocks, type ReadDocument } from './blocks.ts';

/** Groups whose words are not the document's. */
const silent =
  /^(?:fonttbl|colortbl|stylesheet|info|pict|object|themedata|datastore|listtable|listoverridetable|generator|rsidtbl|xmlnstbl|latentstyles)$/;

const deepest = 1000;

/** Reads the paragraphs of a Rich Text file, in the Western encoding that nearly all have, and Unicode. */
export function readRtf(bytes: Uint8Array): ReadDocument {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const collected = collectBlocks();
  const groups: { hidden: boolean; skip: number }[] = [];
  let state = { hidden: false, skip: 1 };
  let text = '';
  let skipping = 0;
  const add = (piece: string) => {
    if (!state.hidden) text += piece;
  };
  const tokens = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi;
  for (const [, word, number, byte, symbol, brace, plain] of source.matchAll(tokens)) {
    if (brace === '{') {
      groups.push({ ...state });
      if (groups.length > deepest) break;
    } else if (brace === '}') state = groups.pop() ?? state;
    else if (word !== undefined) {
      if (word === 'par' || word === 'row' || word === 'sect' || word === 'page') {
        collected.add('paragraph', 0, [text]);
        text = '';
      } else if (word === 'tab' || word === 'cell') add('\t');
      else if (word === 'line') add('\n');
      else if (word === 'uc') state = { ...state, skip: Number(number ?? 1) };
      else if (word === 'u') {
        add(String.fromCharCode((Number(number ?? 0) + 0x10000) % 0x10000));
        skipping = state.skip;
      } else if (silent.test(word)) state = { ...state, hidden: true };
    } else if (symbol === '*') state = { ...state, hidden: true };
    else if (skipping > 0 && (byte !== undefined || plain !== undefined)) {
      // What stands for the character before in old readers.
      if (plain !== undefined) add(plain.slice(skipping));
      skipping = plain === undefined ? skipping - 1 : 0;
    } else if (byte !== undefined) add(decodeText(Uint8Array.of(Number.parseInt(byte, 16)), TextDecoder).text);
    else if (symbol !== undefined) add(symbol === '~' ? ' ' : /[\\{}]/.test(symbol) ? symbol : symbol === '_' ? '-' : '');
    else if (plain !== undefined) add(plain);
  }
  collected.add('paragraph', 0, [text]);
  return collected.finish();
}
