import { decodeText } from '../../shared/domain/text-encoding.ts';
import { collectBlocks, type ReadDocument } from './blocks.ts';
import { encodingOf } from './code-page.ts';

/** Groups whose words are not the document's. */
const silent =
  /^(?:fonttbl|colortbl|stylesheet|info|pict|object|themedata|datastore|listtable|listoverridetable|generator|rsidtbl|xmlnstbl|latentstyles)$/;

const deepest = 1000;

/** Code pages of the character sets that fonts have (`\fcharset`). Others are the document's own. */
const fontCodePages: ReadonlyMap<number, number> = new Map([
  [128, 932],
  [129, 949],
  [134, 936],
  [136, 950],
  [161, 1253],
  [162, 1254],
  [163, 1258],
  [177, 1255],
  [178, 1256],
  [186, 1257],
  [204, 1251],
  [222, 874],
  [238, 1250],
]);

interface GroupState {
  readonly hidden: boolean;
  /** Characters behind a Unicode one that stand for it in old readers. */
  readonly skip: number;
  readonly codePage: number;
  readonly isFontTable: boolean;
}

/** Reads the paragraphs of a Rich Text file: Unicode characters, and bytes in the code page of the document or of the font. */
export function readRtf(bytes: Uint8Array): ReadDocument {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const collected = collectBlocks();
  const groups: GroupState[] = [];
  const fonts = new Map<number, number>();
  let documentCodePage = 1252;
  let font = 0;
  let state: GroupState = { hidden: false, skip: 1, codePage: documentCodePage, isFontTable: false };
  let text = '';
  let pending = '';
  let skipping = 0;
  const flush = () => {
    if (pending !== '')
      text += decodeText(Buffer.from(pending, 'latin1'), TextDecoder, false, encodingOf(state.codePage) ?? 'windows-1252').text;
    pending = '';
  };
  const add = (piece: string) => {
    flush();
    if (!state.hidden) text += piece;
  };
  // Bytes of one character may stand as a byte and as a letter.
  const addBytes = (piece: string) => {
    if (!state.hidden) pending += piece;
  };
  const tokens = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi;
  for (const [token, word, number, byte, symbol, brace, plain] of source.matchAll(tokens)) {
    if (byte === undefined && plain === undefined && !/^[\r\n]/.test(token)) flush();
    if (brace === '{') {
      groups.push(state);
      if (groups.length > deepest) break;
    } else if (brace === '}') state = groups.pop() ?? state;
    else if (word !== undefined) {
      const value = Number(number ?? 0);
      if (word === 'par' || word === 'row' || word === 'sect' || word === 'page') {
        collected.add('paragraph', 0, [text]);
        text = '';
      } else if (word === 'tab' || word === 'cell') add('\t');
      else if (word === 'line') add('\n');
      else if (word === 'uc') state = { ...state, skip: Number(number ?? 1) };
      else if (word === 'u') {
        add(String.fromCharCode((value + 0x10000) % 0x10000));
        skipping = state.skip;
      } else if (word === 'ansicpg') {
        documentCodePage = value;
        state = { ...state, codePage: value };
      } else if (word === 'f' && state.isFontTable) font = value;
      else if (word === 'fcharset' && state.isFontTable) fonts.set(font, fontCodePages.get(value) ?? documentCodePage);
      else if (word === 'f') state = { ...state, codePage: fonts.get(value) ?? documentCodePage };
      else if (word === 'plain') state = { ...state, codePage: documentCodePage };
      else if (silent.test(word)) state = { ...state, hidden: true, isFontTable: word === 'fonttbl' };
    } else if (symbol === '*') state = { ...state, hidden: true };
    else if (skipping > 0 && (byte !== undefined || plain !== undefined)) {
      // What stands for the character before in old readers.
      if (plain !== undefined) addBytes(plain.slice(skipping));
      skipping = plain === undefined ? skipping - 1 : 0;
    } else if (byte !== undefined) addBytes(String.fromCharCode(Number.parseInt(byte, 16)));
    else if (symbol !== undefined) add(symbol === '~' ? ' ' : /[\\{}]/.test(symbol) ? symbol : symbol === '_' ? '-' : '');
    else if (plain !== undefined) addBytes(plain);
  }
  flush();
  collected.add('paragraph', 0, [text]);
  return collected.finish();
}
