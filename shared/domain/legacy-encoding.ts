/**
 * Texts from before Unicode. What a page or an XML file says of itself counts; of anything else the bytes are looked at, and only what
 * cannot well be a Western text is taken for another one: a wrong guess is worse there than no guess.
 */

/** The runtime's `TextDecoder`, which this room does not have. */
export type Decoder = new (
  label: string,
  options?: { fatal?: boolean },
) => { decode(bytes: Uint8Array, options?: { stream?: boolean }): string };

/** Bytes from the first one that is not ASCII on that are looked at. */
const sampled = 65_536;
/** Bytes at the beginning in which a page says its encoding. */
const declared = 4096;

/** The label of the encoding that an XML declaration or an HTML page names, or null. */
export function declaredEncoding(bytes: Uint8Array): string | null {
  const head = asLatin(bytes.subarray(0, declared)).trimStart();
  if (!head.startsWith('<')) return null;
  const found =
    /^<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(head) ??
    /<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(head.replace(/<!--.*?-->/gs, ''));
  return found?.[1]?.toLowerCase() ?? null;
}

/** Letters that languages have beyond ASCII, by the encoding in which they were written. */
const western = [
  'äöüßé',
  'àâæçéèêëîïôœùûüÿ',
  'áéíóúñü',
  'àçèéíïòóúü',
  'ãõáâàçéêíóôúü',
  'àèéìíîòóùú',
  'åäöæøéü',
  'áðéíóúýþæö',
  'ëïéèöüóáê',
  'åäöõšžü',
];
const eastern: readonly (readonly [label: string, alphabets: readonly string[]])[] = [
  ['windows-1250', ['ąćęłńóśźż', 'áčďéěíňóřšťúůýž', 'áäčďéíĺľňóôŕšťúýž', 'áéíóöőúüű', 'ăâîşţ', 'čćđšž']],
  ['iso-8859-2', ['ąćęłńóśźż', 'áčďéěíňóřšťúůýž', 'áäčďéíĺľňóôŕšťúýž', 'áéíóöőúüű', 'ăâîşţ', 'čćđšž']],
  ['windows-1254', ['çğıiöşüâîû']],
  ['windows-1257', ['ąčęėįšųūž', 'āčēģīķļņšūž']],
];
/** Scripts of which every letter is one byte, with the letters that make up half of a text. */
const scripts: readonly (readonly [label: string, script: RegExp, common: string])[] = [
  ['windows-1251', /\p{sc=Cyrl}/u, 'оаеинтрсвлкі'],
  ['koi8-u', /\p{sc=Cyrl}/u, 'оаеинтрсвлкі'],
  ['ibm866', /\p{sc=Cyrl}/u, 'оаеинтрсвлкі'],
  ['iso-8859-5', /\p{sc=Cyrl}/u, 'оаеинтрсвлкі'],
  ['windows-1253', /\p{sc=Grek}/u, 'αοιετσνηυρς'],
  ['windows-1255', /\p{sc=Hebr}/u, 'יוהלאתרמבנש'],
  ['windows-1256', /\p{sc=Arab}/u, 'الينمروتبدعة'],
  ['iso-8859-6', /\p{sc=Arab}/u, 'الينمروتبدعة'],
  ['windows-874', /\p{sc=Thai}/u, 'านรอกเงมยลวดทสต'],
];
const commonKorean = '이가는을를의에다하고지로기사한도은어리스자인시대서나정해일그보부으아장전주';

/** What is written between and behind words in every language. */
const signs = /[\u00a0\u00ad§°–—“”„‘’‚‹›«»®©™·•…²³µ±½¼¾£¥€¢¿¡ºª†‡‰×÷№]/;
/** A sign in the middle of a word: it is a letter in another encoding. */
const signInWord = /\p{L}[§°±²³¹¿¡¼½¾¶¤£¥¢¬¦¨´¸ºª]\p{Ll}/gu;

/**
 * The label of the encoding in which bytes that are neither Unicode nor ASCII are most likely written, or null where that is the Western one or unclear.
 * @param western1252 reads windows-1252
 */
export function guessEncoding(bytes: Uint8Array, Decoder: Decoder, western1252: (bytes: Uint8Array) => string): string | null {
  const sample = sampleOf(bytes);
  const read = (label: string) => decodeOrNull(sample, label, Decoder);
  const latin = western1252(sample);
  const inWords = latin.match(signInWord)?.length ?? 0;
  if (western.some((alphabet) => misfits(latin, alphabet) + inWords <= highCount(latin) * 0.02)) return null;
  return singleByteScript(read) ?? wideScript(sample, read) ?? easternLatin(latin, read);
}

function singleByteScript(read: (label: string) => string | null): string | null {
  let best: { label: string; share: number } | null = null;
  for (const [label, script, common] of scripts) {
    const text = read(label);
    if (text === null) continue;
    const high = [...text].filter((character) => character > '\u007f');
    const letters = high.filter((character) => script.test(character));
    const others = high.filter((character) => !script.test(character) && !signs.test(character)).length;
    if (letters.length < 6 || others > high.length * 0.03) continue;
    const inRuns = [...text.matchAll(/[\u0080-\uffff]{3,}/g)].reduce((sum, [run]) => sum + run.length, 0);
    const upside = text.match(/\p{Ll}\p{Lu}/gu)?.length ?? 0;
    if (inRuns < high.length * 0.6 || upside > letters.length * 0.05) continue;
    const share = letters.filter((letter) => common.includes(letter.toLowerCase())).length / letters.length;
    if (share >= 0.45 && share > (best?.share ?? 0)) best = { label, share };
  }
  return best?.label ?? null;
}

/** Chinese, Japanese and Korean: two bytes a character, and the common characters stand together in the first rows of the tables. */
function wideScript(sample: Uint8Array, read: (label: string) => string | null): string | null {
  const japanese = read('shift_jis');
  if (japanese !== null) {
    const pairs = pairsOf(sample, (lead) => (lead >= 0x81 && lead <= 0x9f) || lead >= 0xe0);
    const common = pairs.filter(([lead]) => lead <= 0x97).length;
    const narrow = japanese.match(/[\uff61-\uff9f]/g)?.length ?? 0;
    if (pairs.length >= 2 && common >= pairs.length * 0.7 && narrow <= pairs.length * 0.5) return 'shift_jis';
  }
  const pairs = pairsOf(sample, (lead) => lead >= 0x81);
  if (pairs.length < 2) return null;
  const share = (test: (lead: number, trail: number) => boolean) =>
    pairs.filter(([lead, trail]) => test(lead, trail)).length / pairs.length;
  if (share((lead, trail) => lead >= 0xa1 && trail >= 0xa1) >= 0.95) {
    if (share((lead) => lead === 0xa4 || lead === 0xa5) >= 0.1 && read('euc-jp') !== null) return 'euc-jp';
    const korean = read('euc-kr')?.match(/[가-힣]/g) ?? [];
    const usual = korean.filter((syllable) => commonKorean.includes(syllable)).length;
    if (korean.length >= pairs.length * 0.85 && usual >= korean.length * 0.15) return 'euc-kr';
    if (share((lead) => (lead >= 0xb0 && lead <= 0xd7) || lead <= 0xa3) >= 0.6 && read('gb18030') !== null) return 'gb18030';
  }
  if (share((lead) => lead >= 0xa1 && lead <= 0xc6) >= 0.8 && read('big5') !== null) return 'big5';
  return null;
}

/** Latin letters of the East, where enough of them are others than in the West. */
function easternLatin(latin: string, read: (label: string) => string | null): string | null {
  const high = highCount(latin);
  for (const [label, alphabets] of eastern) {
    const text = read(label);
    if (text === null || text.length !== latin.length) continue;
    const others = [...text].filter((character, index) => character !== latin[index]);
    const enough = others.length >= Math.max(8, high * 0.2) && new Set(others.map((letter) => letter.toLowerCase())).size >= 3;
    if (enough && alphabets.some((alphabet) => misfits(text, alphabet) <= high * 0.02)) return label;
  }
  return null;
}

/** How many characters beyond ASCII are neither letters of an alphabet nor signs. */
function misfits(text: string, alphabet: string): number {
  let count = 0;
  for (const character of text)
    if (character > '\u007f' && !alphabet.includes(character.toLowerCase()) && !signs.test(character)) count += 1;
  return count;
}

function highCount(text: string): number {
  let count = 0;
  for (const character of text) if (character > '\u007f') count += 1;
  return count;
}

/** Pairs of bytes that begin with a lead byte. None where hardly any stands beside another: wide scripts have words of several. */
function pairsOf(bytes: Uint8Array, isLead: (byte: number) => boolean): (readonly [lead: number, trail: number])[] {
  const pairs: (readonly [number, number])[] = [];
  let beside = 0;
  for (let at = 0, end = -1; at + 1 < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (!isLead(lead)) continue;
    pairs.push([lead, bytes[at + 1] ?? 0]);
    if (at === end) beside += 1;
    at += 1;
    end = at + 1;
  }
  return beside >= pairs.length * 0.3 ? pairs : [];
}

/** Whole lines around the first byte that is not ASCII. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte >= 0x80);
  const start = bytes.lastIndexOf(0x0a, first) + 1;
  const from = first - start > sampled / 2 ? first : start;
  const sample = bytes.subarray(from, from + sampled);
  if (sample.length < sampled) return sample;
  const end = sample.lastIndexOf(0x0a) + 1;
  return end > sampled / 2 ? sample.subarray(0, end) : sample;
}

/** Null where the bytes are not written so. The sample may end in the middle of a character. */
function decodeOrNull(bytes: Uint8Array, label: string, Decoder: Decoder): string | null {
  try {
    return new Decoder(label, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

function asLatin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
