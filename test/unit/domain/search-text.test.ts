import { describe, expect, it } from 'vitest';
import { filterWords, foldText, indexedText, otherSpellings, shownText } from '../../../shared/domain/search-text.ts';

describe('the text of the index', () => {
  it.each([
    ['AWS監査2026', 'AWS|監|査|2026'],
    ['ログ、々ー', '|ロ|グ|、|々|ー|'],
    ['ＡＢ ｶﾞ', 'AB |ガ|'],
    ['Prüfung der Straße', 'Prüfung der Straße'],
    ['plain', 'plain'],
    ['', ''],
  ])('of %j has every letter of a script without spaces apart', (text, parted) => {
    expect(indexedText(text).replaceAll('\u200b', '|')).toBe(parted);
  });

  it.each(['監査ログ2026', 'ภาษาไทย ที่', 'Ο Οδυσσέας', 'Всё й', 'Łódź', 'हिन्दी'])('of %j is shown as it was', (text) => {
    expect(shownText(indexedText(text))).toBe(text);
  });
});

describe('folding', () => {
  it.each([
    ['Résumé', 'resume'],
    ['STRASSE', 'strasse'],
    ['Straße', 'strasse'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['οδός', 'οδοσ'],
    ['İSTANBUL', 'istanbul'],
    ['ısparta', 'isparta'],
    ['ＡＷＳ', 'aws'],
    ['ｶﾞ', 'ガ'],
    ['が', 'が'],
    ['ที่', 'ที่'],
    ['أيضًا', 'ايضا'],
    ['감사'.normalize('NFD'), '감사'],
  ])('makes %j %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('is what lists are narrowed by, word by word', () => {
    expect(filterWords('  Zugänge　監査 ')).toEqual(['zugange', '監査']);
  });

  it('offers the spellings that the index keeps apart', () => {
    expect(otherSpellings('strasse')).toEqual(['straße']);
    expect(otherSpellings('ızgara')).toEqual(['izgara']);
    expect(otherSpellings('abc')).toEqual([]);
  });
});
