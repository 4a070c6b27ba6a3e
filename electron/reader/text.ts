import type { TextLanguage } from '../../shared/domain/preview.ts';
import { readerBounds } from '../../shared/domain/reader.ts';

/** JSON beyond these is shown as it is in the file: indenting it would cost more than it helps. */
const mostIndented = 4 * 1024 * 1024;
const deepestIndented = 100;

const code = 'c cc cpp cs css go h hcl ini java js jsx kt lua php pl ps1 py rb rs sh sql swift tf toml ts tsx conf cfg';

/** A map, because a file may be called `x.constructor`. */
const languages: ReadonlyMap<string, TextLanguage> = new Map([
  ['json', 'json'],
  ['jsonl', 'log'],
  ['ndjson', 'log'],
  ['log', 'log'],
  ['xml', 'xml'],
  ['svg', 'xml'],
  ['xsd', 'xml'],
  ['html', 'html'],
  ['htm', 'html'],
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['md', 'markdown'],
  ...code.split(' ').map((extension) => [extension, 'code'] as const),
]);

/** What stands behind the last dot of a name, in small letters; the whole name where it has none. */
export function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}

/** The language by the extension, else by what the text begins with. */
export function languageOf(name: string, text: string): TextLanguage {
  const known = languages.get(extensionOf(name));
  if (known !== undefined) return known;
  const head = text.slice(0, 500).trimStart();
  if (/^(?:<\?xml|<svg)/i.test(head)) return 'xml';
  if (/^<(?:!doctype html|html|head|body)/i.test(head)) return 'html';
  if (/^[[{]/.test(head) && isJson(text)) return 'json';
  if (/^#!/.test(head)) return 'code';
  return 'plain';
}

function isJson(text: string): boolean {
  if (text.length > mostIndented) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * JSON with one member a line, or null where it is none, is too large or too deep. Only the space between the tokens changes: numbers
 * and repeated names stay as they are in the file.
 */
export function indentJson(text: string): string | null {
  if (!isJson(text)) return null;
  const parts: string[] = [];
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  const tokens = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/gs;
  let opened = false;
  for (const [token] of text.matchAll(tokens)) {
    const closes = token === ']' || token === '}';
    if (closes) depth -= 1;
    if (opened ? !closes : closes) parts.push(line());
    parts.push(token);
    opened = token === '[' || token === '{';
    if (opened) depth += 1;
    if (depth > deepestIndented) return null;
    if (token === ',') parts.push(line());
    if (token === ':') parts.push(' ');
  }
  return parts.join('');
}

/** ECMA-48: colours and moves of a terminal's cursor, its character sets, the frame around a window's title. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const terminalCodes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>78])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const terminalTitle = /\u001b\]\d{1,4};([^\u0007\u001b\n]*)(?:\u0007|\u001b\\)/g;

/** A text without the codes that colour it in a terminal. Titles of windows stay, with a blank behind them: nothing is hidden in one. */
export function withoutTerminalCodes(text: string): string {
  return text.includes('\u001b') ? text.replace(terminalCodes, '').replace(terminalTitle, '$1 ') : text;
}

/** A text for the search: line ends are line feeds, and of control characters only tab and line feed stay. */
export function normalise(text: string): string {
  return (
    withoutTerminalCodes(text)
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ')
      .replace(/\ufeff/g, '')
      .normalize('NFC')
  );
}

/** The beginning of a text without half a character at its end, and whether anything was left out. */
export function cutText(text: string, most: number): { readonly text: string; readonly cut: boolean } {
  if (text.length <= most) return { text, cut: false };
  return { text: text.slice(0, most).replace(/[\ud800-\udbff]$/, ''), cut: true };
}

/** A cell, name or header on one line with a bounded length. */
export function shortText(value: unknown, most: number): string {
  return cutText(
    normalise(String(value ?? ''))
      .replace(/\s+/g, ' ')
      .trim(),
    most,
  ).text;
}

/** A cell as shown: its line breaks stay. */
export function cellText(value: unknown): string {
  return cutText(normalise(String(value ?? '')), readerBounds.cellCharacters).text;
}
