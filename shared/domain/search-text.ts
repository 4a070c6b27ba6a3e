// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const ascii = /^[\x00-\x7f]*$/;

/** Without accents and in small letters, however it was typed or stored: `Résumé` and `RESUME` are the same. */
export function foldText(text: string): string {
  // Most names are plain, and tens of thousands are folded at once.
  if (ascii.test(text)) return text.toLowerCase();
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

export interface SearchPart {
  readonly text: string;
  /** Written between quotation marks: it stands so, and does not go on. */
  readonly quoted: boolean;
}

/** What is looked for: words between spaces, and what stands between quotation marks as one. A mark without its second one is none. */
export function searchParts(search: string): SearchPart[] {
  return [...search.matchAll(/"([^"]*)"|[^\s"]+/g)]
    .map(([word, quoted]) => ({ text: (quoted ?? word).trim(), quoted: quoted !== undefined }))
    .filter(({ text }) => text !== '');
}
