// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const ascii = /^[\x00-\x7f]*$/;

/** Without accents and in small letters, however it was typed or stored: `Résumé` and `RESUME` are the same. */
export function foldText(text: string): string {
  // Most names are plain, and tens of thousands are folded at once.
  if (ascii.test(text)) return text.toLowerCase();
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
