/** Names of attached files, made safe to show, to list and to write again. */

const longestName = 200;
/** Bytes of UTF-8 that every file system takes as one name. */
const longestNameBytes = 255;
const fallbackName = 'unnamed';
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is removed here.
const unsafe = /[\u0000-\u001f\u007f\u0080-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;
/** What is drawn as nothing though it may join what stands beside it. */
const invisible = /^[\p{Default_Ignorable_Code_Point}\p{Z}]*$/u;

/**
 * The last part of a path-like name without control, text-direction and invisible characters and line separators, at most 200 characters with the
 * extension kept. Never empty, never `.` or `..`.
 */
export function safeFileName(original: string): string {
  const last = original.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .replace(unsafe, '')
    .replace(/[:*?"<>|]/g, '_')
    .trim()
    .replace(/[. ]+$/, '');
  if (invisible.test(clean) || /^\.+$/.test(clean)) return fallbackName;
  return cutName(clean, longestName, Number.POSITIVE_INFINITY);
}

/** A safe name for a file that is written: at most so many characters, and no more bytes than a file system takes. */
export function writableName(original: string, mostCharacters = longestName, mostBytes = longestNameBytes): string {
  return cutName(safeFileName(original), mostCharacters, mostBytes);
}

/** Cuts what stands before the extension. */
function cutName(name: string, mostCharacters: number, mostBytes: number): string {
  const characters = [...name];
  if (characters.length <= mostCharacters && Buffer.byteLength(name) <= mostBytes) return name;
  const dot = characters.lastIndexOf('.');
  const extension = dot > 0 && characters.length - dot <= 12 ? characters.slice(dot).join('') : '';
  const stem = characters.slice(0, Math.max(0, mostCharacters - [...extension].length));
  for (let bytes = Buffer.byteLength(stem.join('') + extension); bytes > mostBytes; ) bytes -= Buffer.byteLength(stem.pop() ?? '');
  const cut = stem.join('');
  return extension === '' ? cut.replace(/[. ]+$/, '') || fallbackName : cut + extension;
}

/** Longest path that is kept, in characters; what is longer loses its beginning. */
const longestPath = 1000;

/** The path below the folder that was attached, its parts as safe as names are, with `/` between them. Parts that lead nowhere or up are left out. */
export function safeRelativePath(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => !/^\.*$/.test(part.trim()));
  return [...parts.map(safeFileName).join('/')].slice(-longestPath).join('');
}
