/** Where a line may end although there is no space: between Chinese and Japanese characters, and between Thai words. */

const character = /[\u2e80-\u30ff\u31f0-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}]/u;
const thai = /[\u0e01-\u0e5b]/;
const breaking = new RegExp(`${character.source}|${thai.source}`, 'u');

/** What does not begin a line: closing punctuation, small kana, marks that lengthen or repeat, marks above and below. */
const closing =
  /[、。，．・：；！？）］｝」』】〕〉》〙〗〟”’…‥％゛゜ーｰ々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ､｡｣ｧ-ｯﾞﾟ,.;:!?%)\]}\p{M}\u200c\u200d]/u;
/** What does not end a line. */
const opening = /[（［｛「『【〔〈《〘〖〝“‘｢([{]/u;

const thaiWords = new Intl.Segmenter('th', { granularity: 'word' });

/** Whether a word can have such places. */
export function breaksInside(word: string): boolean {
  return breaking.test(word);
}

/** A word without spaces in the parts that stay on one line. */
export function partsOf(word: string): string[] {
  const parts: string[] = [];
  let part = '';
  let before = '';
  for (const sign of word) {
    const free = before !== '' && (character.test(before) || character.test(sign)) && !closing.test(sign) && !opening.test(before);
    if (free) {
      parts.push(part);
      part = '';
    }
    part += sign;
    before = sign;
  }
  parts.push(part);
  return parts.flatMap((whole) => (thai.test(whole) ? thaiPartsOf(whole) : [whole]));
}

/** Thai words as the dictionary has them; other signs stay with the word before them. */
function thaiPartsOf(text: string): string[] {
  const parts: string[] = [];
  for (const { segment, isWordLike } of thaiWords.segment(text)) {
    if (parts.length > 0 && (isWordLike !== true || !thai.test(segment))) parts.push(`${parts.pop()}${segment}`);
    else parts.push(segment);
  }
  return parts;
}
