import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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
    expect(textOf(fonts, '\u{1f512}\u202e')).toEqual(['sans latin: [U+1F512][U+202E]']);
    expect(fonts.word('abc', 'sans')).toBe(fonts.word('abc', 'sans'));
    expect(fonts.word('', 'sans').width).toBe(0);
  });

  test('may lack every script but the Latin one, whose letters alone are then set', () =>
    inTemporaryFolder((folder) => {
      const name = 'ibm-plex-sans-latin-400-normal.woff';
      copyFileSync(join(fontsDirectory, 'ibm-plex-sans', 'files', name), join(folder, name));
      const fonts = openFonts(folder);
      expect(textOf(fonts, 'éЖЯ')).toEqual(['sans latin: é[U+0416][U+042F]']);
      expect([...fonts.opened().keys()]).toEqual(['sans latin']);
    }));

  test('are missed by name where the Latin one is not delivered', () =>
    inTemporaryFolder((folder) => {
      expect(() => openFonts(folder).word('a', 'bold')).toThrow('font is missing: bold latin');
    }));
});
