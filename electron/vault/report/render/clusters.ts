/** What stands together as one sign: a letter with its marks, a flag, an emoji of several. */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Without one of these every character stands for itself. */
const joining = /\p{M}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200c|\u200d/u;
const joiner = /^[^\u200c\u200d]+[\u200c\u200d]$/;
/** Letters of words in which a joiner changes how its neighbours are written. */
const cursive = /[\u0620-\u06ff\u0750-\u077f\u0870-\u08ff\u0900-\u097f]/;

/** A text as signs. A joiner belongs to a sign only where it joins something; elsewhere it stands alone, as every character that does nothing. */
export function clusters(text: string): Iterable<string> {
  return joining.test(text) ? joinedClusters(text) : text;
}

function* joinedClusters(text: string): Iterable<string> {
  for (const { segment, index } of graphemes.segment(text)) {
    const next = text.charAt(index + segment.length);
    if (!/[\u200c\u200d]$/.test(segment) || (joiner.test(segment) && cursive.test(segment) && cursive.test(next))) yield segment;
    else yield* segment;
  }
}

/**
 * Selectors that only choose between the shapes of what they follow: emoji or text, variants of a Chinese character. After
 * anything else, or as a second one, they would be there unseen.
 */
const selectors =
  /(?<=\p{Emoji})(?<!\p{ASCII})[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)|(?<=\p{Script=Han})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]/gu;

/** A sign without the selectors that its font need not know. */
export function withoutSelectors(cluster: string): string {
  return cluster.replace(selectors, '');
}

/** Control and formatting characters that would change or hide text on paper (direction overrides, fillers, tags). */
export function isInvisible(codePoint: number): boolean {
  return (
    codePoint < 0x20 ||
    (codePoint >= 0x7f && codePoint <= 0x9f) ||
    codePoint === 0xad ||
    codePoint === 0x34f ||
    codePoint === 0x61c ||
    codePoint === 0x115f ||
    codePoint === 0x1160 ||
    (codePoint >= 0x200b && codePoint <= 0x200f) ||
    (codePoint >= 0x2028 && codePoint <= 0x202e) ||
    (codePoint >= 0x2060 && codePoint <= 0x206f) ||
    codePoint === 0x3164 ||
    (codePoint >= 0xfe00 && codePoint <= 0xfe0f) ||
    codePoint === 0xfeff ||
    codePoint === 0xffa0 ||
    (codePoint >= 0xe0000 && codePoint <= 0xe01ef)
  );
}
