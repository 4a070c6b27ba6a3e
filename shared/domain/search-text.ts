// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const ascii = /^[\x00-\x7f]*$/;

/** A letter of a script that is written without spaces between words or, as Korean, joins words freely; the stroke behind a kana is one. */
const spacelessLetter =
  '[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Bopo}\\p{sc=Hang}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}\\u30fc]\\p{M}*';
const spacelessLetters = new RegExp(spacelessLetter, 'gu');
const words = new RegExp(`(?=[\\p{L}\\p{N}])${spacelessLetter}|(?:(?!${spacelessLetter})[\\p{L}\\p{N}\\p{M}])+`, 'gu');

/** Letters and digits in the width of Chinese characters, and katakana in the width of Latin ones. */
const otherWidth = /[\uff01-\uffee]+/g;
/** Vowels over and under Arabic and Hebrew letters, and the stroke that stretches an Arabic word. They are written or left out at will. */
const optionalMarks = /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0652\u0670]/g;
/** Accents and other marks of Latin, Greek, Cyrillic, Hebrew and Arabic letters. In other scripts a mark is a vowel or makes another letter. */
const accents = /[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/g;

/** Letters whose accents the index leaves out only where they stand behind the letter. */
const accented = /[\p{sc=Grek}\p{sc=Cyrl}]+/gu;

/** What parts the letters of a spaceless script in the index. It is drawn as nothing. */
const separator = '\u200b';

/**
 * A text as it is written into the index of the search, and as it is looked for there: in one width, composed, and with every letter of a
 * script without spaces as a word of its own, so that each run of them is found as a phrase. Case and accents are the index's own business.
 */
export function indexedText(text: string): string {
  if (ascii.test(text)) return text;
  const plain = inOneWidth(text)
    .replace(optionalMarks, '')
    .normalize('NFC')
    .replace(accented, (run) => run.normalize('NFD'));
  return plain.replace(spacelessLetters, `${separator}$&${separator}`).replaceAll(separator + separator, separator);
}

/** What the index keeps, as it is read. */
export function shownText(indexed: string): string {
  return indexed.replaceAll(separator, '').normalize('NFC');
}

/** The words of a text as the index has them. A letter of a script without spaces is one. */
export function wordsOf(text: string): RegExpExecArray[] {
  return [...text.matchAll(words)];
}

/** Whether a word is a letter that is a word by itself. */
export function isSpaceless(word: string): boolean {
  return word.search(spacelessLetters) === 0;
}

/**
 * Without accents and in small letters, however it was typed or stored: `Résumé` and `RESUME` are the same, and so are `Straße` and
 * `STRASSE`, a sigma at the end of a word and one within, a Turkish i with a dot and one without, letters of any width.
 */
export function foldText(text: string): string {
  // Most names are plain, and tens of thousands are folded at once.
  if (ascii.test(text)) return text.toLowerCase();
  return inOneWidth(text)
    .normalize('NFD')
    .replace(accents, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .replaceAll('ı', 'i');
}

/** The words between spaces that a list is narrowed by, folded; each is looked for anywhere in what `foldText` makes of a row. */
export function filterWords(text: string): string[] {
  return foldText(text).split(/\s+/).filter(Boolean);
}

/** Whether each of the words of `filterWords` stands in a text. */
export function hasWords(text: string, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const folded = foldText(text);
  return words.every((word) => folded.includes(word));
}

function inOneWidth(text: string): string {
  return text.replace(otherWidth, (run) => run.normalize('NFKC'));
}

/** Other spellings of a word for which it stands in the index: that folds case and accents, but not these. */
export function otherSpellings(text: string): string[] {
  const made = [text.replaceAll('ß', 'ss'), text.replace(/ss/gi, 'ß'), text.replaceAll('ı', 'i'), text.replace(/i/gi, 'ı')];
  return [...new Set(made)].filter((spelling) => spelling !== text);
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
