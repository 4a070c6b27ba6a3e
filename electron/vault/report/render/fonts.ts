/// <reference path="./fontkit.d.ts" />
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, type FontkitFont } from 'fontkit';
import type { FontFamily } from './theme.ts';
import { unpackWoff } from './woff.ts';

/**
 * IBM Plex as the font packages ship it: one file per script. A text is set with the first file that holds each of its
 * characters; files are opened only when a text needs them.
 */

const scripts = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese'] as const;

const families: Readonly<Record<FontFamily, { readonly file: string; readonly weight: number }>> = {
  sans: { file: 'ibm-plex-sans', weight: 400 },
  bold: { file: 'ibm-plex-sans', weight: 600 },
  mono: { file: 'ibm-plex-mono', weight: 400 },
};

/** Signs that the fonts lack and that have a plain spelling. */
const spellings: Readonly<Record<string, string>> = {
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
  '≈': '~',
  '→': '->',
  '←': '<-',
  '⇒': '=>',
  '↔': '<->',
  '−': '-',
  '✓': '[x]',
  '✔': '[x]',
  '☑': '[x]',
  '✗': '[ ]',
  '☐': '[ ]',
  '●': '•',
  '▪': '•',
  '◦': '•',
  '‑': '-',
  '\t': '    ',
  '\u00a0': ' ',
  '\u2007': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
};

/** A stretch of text in one font file. */
export interface Run {
  /** Name under which the font is registered with the document, e.g. `sans latin`. */
  readonly font: string;
  readonly text: string;
}

/** A word as it is set: its runs and their width together at 1 point. */
export interface Word {
  readonly runs: readonly Run[];
  readonly width: number;
}

export interface FontSet {
  /**
   * Splits a stretch of text without line breaks into runs and measures it. Characters that no font holds come out as
   * `[U+1F512]`: visible, never dropped. Results are kept, since a report repeats its words.
   */
  readonly word: (text: string, family: FontFamily) => Word;
  /** Width of a run at 1 point. */
  readonly measure: (run: Run) => number;
  /** The fonts opened so far, by name. */
  readonly opened: () => ReadonlyMap<string, FontkitFont>;
}

const plain = /^[\x20-\x7e]*$/;
const cacheLimit = 60_000;

/** `directory` holds the `@fontsource` packages' `.woff` files, in `ibm-plex-sans/files` and `ibm-plex-mono/files` or flat. */
export function openFonts(directory: string): FontSet {
  const fonts = new Map<string, FontkitFont>();
  const words: Readonly<Record<FontFamily, Map<string, Word>>> = { sans: new Map(), bold: new Map(), mono: new Map() };
  const characters = new Map<string, Run>();
  const absent = new Set<string>();

  /** Null when the file is not delivered; only the Latin one must be. */
  function find(name: string): FontkitFont | null {
    const known = fonts.get(name);
    if (known) return known;
    if (absent.has(name)) return null;
    const [family, script] = name.split(' ') as [FontFamily, string];
    const { file, weight } = families[family];
    const bytes = readFont(directory, file, `${file}-${script}-${weight}-normal.woff`);
    if (!bytes) {
      absent.add(name);
      return null;
    }
    const opened = layingOutOnce(create(unpackWoff(bytes)));
    fonts.set(name, opened);
    return opened;
  }

  function font(name: string): FontkitFont {
    const found = find(name);
    if (!found) throw new Error(`The report's font is missing: ${name}`);
    return found;
  }

  function runOf(character: string, family: FontFamily): Run {
    const key = `${family}${character}`;
    const known = characters.get(key);
    if (known) return known;
    const run = findRun(character, family);
    characters.set(key, run);
    return run;
  }

  function findRun(character: string, family: FontFamily): Run {
    const spelling = spellings[character];
    if (spelling !== undefined) return { font: `${family} latin`, text: spelling };
    const codePoint = character.codePointAt(0) ?? 0;
    if (!isInvisible(codePoint)) {
      for (const script of scripts) {
        const name = `${family} ${script}`;
        if (find(name)?.hasGlyphForCodePoint(codePoint)) return { font: name, text: character };
      }
    }
    return { font: `${family} latin`, text: `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]` };
  }

  function split(text: string, family: FontFamily): Run[] {
    if (plain.test(text)) return text === '' ? [] : [{ font: `${family} latin`, text }];
    const runs: { font: string; text: string }[] = [];
    for (const character of text.normalize('NFC')) {
      const run = runOf(character, family);
      const last = runs.at(-1);
      if (last && last.font === run.font) last.text += run.text;
      else runs.push({ ...run });
    }
    return runs;
  }

  function measure(run: Run): number {
    const opened = font(run.font);
    return opened.layout(run.text).advanceWidth / opened.unitsPerEm;
  }

  return {
    word: (text, family) => {
      const known = words[family].get(text);
      if (known) return known;
      const runs = split(text, family);
      const word = { runs, width: runs.reduce((sum, run) => sum + measure(run), 0) };
      if (words[family].size >= cacheLimit) words[family].clear();
      words[family].set(text, word);
      return word;
    },
    measure,
    opened: () => fonts,
  };
}

/** Words are measured here and set by PDFKit; a font remembers how it laid each of them out. */
function layingOutOnce(font: FontkitFont): FontkitFont {
  const layOut = font.layout.bind(font);
  const known = new Map<string, ReturnType<FontkitFont['layout']>>();
  font.layout = (text) => {
    const before = known.get(text);
    if (before) return before;
    const run = layOut(text);
    if (known.size >= cacheLimit) known.clear();
    known.set(text, run);
    return run;
  };
  return font;
}

/** Control and formatting characters that would change or hide text on paper (direction overrides, joiners). */
function isInvisible(codePoint: number): boolean {
  return (
    codePoint < 0x20 ||
    (codePoint >= 0x7f && codePoint <= 0x9f) ||
    codePoint === 0xad ||
    (codePoint >= 0x200b && codePoint <= 0x200f) ||
    (codePoint >= 0x2028 && codePoint <= 0x202e) ||
    (codePoint >= 0x2060 && codePoint <= 0x206f) ||
    codePoint === 0xfeff
  );
}

/** A font file of the delivered fonts, or null when it is not there. */
export function readFont(directory: string, family: string, name: string): Buffer | null {
  const path = [join(directory, family, 'files', name), join(directory, name)].find(existsSync);
  return path === undefined ? null : readFileSync(path);
}
