import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hanShapes } from '../../../electron/vault/report/render/font-files.ts';
import { openFonts } from '../../../electron/vault/report/render/fonts.ts';
import { fontsDirectory, inTemporaryFolder } from './fixtures.ts';

const textOf = (fonts: ReturnType<typeof openFonts>, text: string) =>
  fonts.word(text, 'sans').runs.map((run) => `${run.font}: ${run.text}`);

describe('the report’s fonts', () => {
  test('take each character from the font that has it, and name what no font has or what would hide text', () => {
    const fonts = openFonts(fontsDirectory);
    expect(textOf(fonts, 'abc')).toEqual(['sans latin: abc']);
    expect(textOf(fonts, '')).toEqual([]);
    expect(textOf(fonts, 'aЖb')).toEqual(['sans latin: a', 'sans cyrillic: Ж', 'sans latin: b']);
    expect(textOf(fonts, '\u{1d11e}\u202e')).toEqual(['sans latin: [U+1D11E][U+202E]']);
    expect(fonts.word('abc', 'sans')).toBe(fonts.word('abc', 'sans'));
    expect(fonts.word('', 'sans').width).toBe(0);
  });

  test('are opened for the scripts of a text, and only for those', () => {
    const fonts = openFonts(fontsDirectory);
    fonts.word('Door log, 2026', 'bold');
    expect([...fonts.opened().keys()]).toEqual(['bold latin']);
    expect(textOf(fonts, 'דוח')).toEqual(['sans hebrew: דוח']);
    expect(textOf(fonts, 'ملف')).toEqual(['sans arabic: ملف']);
    expect(textOf(fonts, 'ไฟล์')).toEqual(['sans thai: ไฟล์']);
    expect(textOf(fonts, 'हिन्दी')).toEqual(['sans devanagari: हिन्दी']);
    expect(textOf(fonts, '기록')).toEqual(['sans korean: 기록']);
    expect([...fonts.opened().keys()].filter((name) => /chinese|japanese|emoji/.test(name))).toEqual([]);
    expect(textOf(fonts, '記録')).toEqual(['sans chinese: 記録']);
  });

  test('of small scripts have a bold file; the others are shared by all families', () => {
    const fonts = openFonts(fontsDirectory);
    const namesOf = (family: 'bold' | 'mono') => fonts.word('דמ日記🔒', family).runs.map((run) => run.font);
    expect(namesOf('bold')).toEqual(['bold hebrew', 'sans chinese', 'sans emoji']);
    expect(namesOf('mono')).toEqual(['sans hebrew', 'sans chinese', 'sans emoji']);
  });

  test('give Chinese characters the shapes of the language that the text is in', () => {
    expect(hanShapes('直角')).toBe('chinese');
    expect(hanShapes('直角の')).toBe('japanese');
    expect(hanShapes('直角 기록')).toBe('japanese');
    const fonts = openFonts(fontsDirectory);
    expect(fonts.word('直', 'sans', 'japanese').runs[0]?.font).toBe('sans japanese');
    expect(fonts.word('直', 'sans').runs[0]?.font).toBe('sans chinese');
    // A simplified character that the Japanese file lacks.
    expect(fonts.word('门', 'sans', 'japanese').runs[0]?.font).toBe('sans chinese');
  });

  test('hold every character of the table GB 2312, which names are written with', () => {
    const fonts = openFonts(fontsDirectory);
    const decoder = new TextDecoder('gb18030');
    const characters = Array.from({ length: 72 * 94 }, (_, at) =>
      decoder.decode(Uint8Array.of(0xb0 + Math.floor(at / 94), 0xa1 + (at % 94))),
    );
    // The last five places of the 55th row are not in the table.
    const text = characters.join('').replace(/[\ue000-\uf8ff]/g, '');
    expect(text).toHaveLength(6763);
    expect(textOf(fonts, text)).toEqual([`sans chinese: ${text}`]);
  });

  test('set emoji of several characters as one, and drop only what chooses their shape', () => {
    const fonts = openFonts(fontsDirectory);
    const glyphsOf = (text: string) => fonts.opened().get('sans emoji')?.layout(text).advanceWidth;
    for (const sign of ['👩\u200d💻', '👨\u200d👩\u200d👧', '🇯🇵', '👍🏽', '1\ufe0f\u20e3', '❤\ufe0f']) {
      const runs = fonts.word(sign, 'sans').runs;
      expect(runs).toEqual([{ font: 'sans emoji', text: sign.replace('\ufe0f', '') }]);
      expect(glyphsOf(runs[0]?.text ?? '')).toBe(glyphsOf('🔒'));
    }
    expect(textOf(fonts, '©\ufe0f')).toEqual(['sans latin: ©']);
    expect(fonts.word('🔒', 'sans').width).toBe(openFonts(fontsDirectory).word('🔒', 'sans').width);
  });

  test('keep joiners inside words that are joined by them', () => {
    const fonts = openFonts(fontsDirectory);
    expect(textOf(fonts, 'می\u200cخواهم')).toEqual(['sans arabic: می\u200cخواهم']);
    expect(textOf(fonts, 'क्\u200dष')).toEqual(['sans devanagari: क्\u200dष']);
  });

  test('set a mark that the font has no place for on its letter', () => {
    const { runs, width } = openFonts(fontsDirectory).word('\u075f\u08f4', 'sans');
    expect(runs).toEqual([{ font: 'sans arabic', text: '\u075f\u08f4' }]);
    expect(width).toBeGreaterThan(0);
  });

  test.each([
    ['a joiner between letters that it does not join', 'a\u200db', '[U+200D]'],
    ['a joiner at the end of a word', 'ملف\u200d', '[U+200D]'],
    ['a second joiner', 'م\u200d\u200dف', '[U+200D][U+200D]'],
    ['an override', 'ملف\u202efdp.exe', '[U+202E]'],
    ['an isolate', '\u2066abc', '[U+2066]'],
    ['a mark of direction', 'ملف\u061c', '[U+061C]'],
    ['a selector after a letter', 'a\ufe0f', '[U+FE0F]'],
    ['a selector after a digit', '2\ufe0f', '[U+FE0F]'],
    ['a second selector', '❤\ufe0f\ufe0f', '[U+FE0F]'],
    ['a Korean filler', '\u3164', '[U+3164]'],
    ['letters in tags', '🏴\u{e0067}', '[U+E0067]'],
  ])('show %s by its number', (_, text, shown) => {
    expect(textOf(openFonts(fontsDirectory), text).join('')).toContain(shown);
  });

  test('may lack every script but the Latin one, whose letters alone are then set', () =>
    inTemporaryFolder((folder) => {
      const name = 'ibm-plex-sans-latin-400-normal.woff';
      copyFileSync(join(fontsDirectory, '@fontsource', 'ibm-plex-sans', 'files', name), join(folder, name));
      const fonts = openFonts(folder);
      expect(textOf(fonts, 'éЖЯ')).toEqual(['sans latin: é[U+0416][U+042F]']);
      expect([...fonts.opened().keys()]).toEqual(['sans latin']);
    }));

  test('are missed by name where the Latin one is not delivered', () =>
    inTemporaryFolder((folder) => {
      expect(() => openFonts(folder).word('a', 'bold')).toThrow('font is missing: bold latin');
    }));
});
