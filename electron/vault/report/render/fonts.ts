/// <reference path="./fontkit.d.ts" />
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { create, type FontkitFont } from 'fontkit';
import { clusters, isInvisible, withoutSelectors } from './clusters.ts';
import { fontFiles, type HanShapes } from './font-files.ts';
import type { FontFamily } from './theme.ts';
import { unpackWoff } from './woff.ts';

/** A text is set with the first font file that holds each of its signs; files are opened only when a text needs them. */

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
   * `[U+1D11E]`: visible, never dropped. Results are kept, since a report repeats its words.
   */
  readonly word: (text: string, family: FontFamily, shapes?: HanShapes) => Word;
  /** Width of a run at 1 point. */
  readonly measure: (run: Run) => number;
  /** The fonts opened so far, by name. */
  readonly opened: () => ReadonlyMap<string, FontkitFont>;
}

const plain = /^[\x20-\x7e]*$/;
const cacheLimit = 60_000;

interface Known {
  readonly words: Map<string, Word>;
  readonly signs: Map<string, readonly Run[]>;
}

/** `directory` is `node_modules`, or holds the delivered files without folders. */
export function openFonts(directory: string): FontSet {
  const fonts = new Map<string, FontkitFont>();
  const absent = new Set<string>();
  const nothing = (): Known => ({ words: new Map(), signs: new Map() });
  const both = (): Readonly<Record<HanShapes, Known>> => ({ chinese: nothing(), japanese: nothing() });
  const kept: Readonly<Record<FontFamily, Readonly<Record<HanShapes, Known>>>> = { sans: both(), bold: both(), mono: both() };

  /** Null when the file is not delivered; only the Latin one must be. */
  function find(name: string, path: string): FontkitFont | null {
    const known = fonts.get(name);
    if (known) return known;
    if (absent.has(name)) return null;
    const bytes = readFont(directory, path);
    if (!bytes) {
      absent.add(name);
      return null;
    }
    const opened = layingOutOnce(create(path.endsWith('.woff') ? unpackWoff(bytes) : bytes));
    fonts.set(name, opened);
    return opened;
  }

  function font(name: string): FontkitFont {
    const family = name.split(' ')[0] as FontFamily;
    const path = fontFiles[family].chinese.find((file) => file.name === name)?.path ?? '';
    const found = find(name, path);
    if (!found) throw new Error(`The report's font is missing: ${name}`);
    return found;
  }

  function runsOf(sign: string, family: FontFamily, shapes: HanShapes): readonly Run[] {
    const { signs } = kept[family][shapes];
    const known = signs.get(sign);
    if (known) return known;
    const runs = findRuns(sign, family, shapes);
    if (signs.size >= cacheLimit) signs.clear();
    signs.set(sign, runs);
    return runs;
  }

  function findRuns(sign: string, family: FontFamily, shapes: HanShapes): readonly Run[] {
    const spelling = spellings[sign];
    if (spelling !== undefined) return [{ font: `${family} latin`, text: spelling }];
    const text = withoutSelectors(sign);
    const characters = [...text];
    const file = fontFiles[family][shapes].find(
      ({ name, path, characters: holds }) => holds.test(text) && holdsAll(find(name, path), characters),
    );
    if (file) return [{ font: file.name, text }];
    const each = [...sign];
    if (each.length > 1) return each.flatMap((character) => runsOf(character, family, shapes));
    const codePoint = sign.codePointAt(0) ?? 0;
    return [{ font: `${family} latin`, text: `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]` }];
  }

  function split(text: string, family: FontFamily, shapes: HanShapes): Run[] {
    if (plain.test(text)) return text === '' ? [] : [{ font: `${family} latin`, text }];
    const runs: { font: string; text: string }[] = [];
    for (const sign of clusters(text.normalize('NFC'))) {
      for (const run of runsOf(sign, family, shapes)) {
        const last = runs.at(-1);
        if (last && last.font === run.font) last.text += run.text;
        else runs.push({ ...run });
      }
    }
    return runs;
  }

  function measure(run: Run): number {
    const opened = fonts.get(run.font) ?? font(run.font);
    return opened.layout(run.text).advanceWidth / opened.unitsPerEm;
  }

  return {
    word: (text, family, shapes = 'chinese') => {
      const { words } = kept[family][shapes];
      const known = words.get(text);
      if (known) return known;
      const runs = split(text, family, shapes);
      const word = { runs, width: runs.reduce((sum, run) => sum + measure(run), 0) };
      if (words.size >= cacheLimit) words.clear();
      words.set(text, word);
      return word;
    },
    measure,
    opened: () => fonts,
  };
}

/** Whether a font can set a sign of several characters as one. Joiners inside it are for the shaping. */
function holdsAll(font: FontkitFont | null, characters: readonly string[]): boolean {
  return (
    font !== null &&
    characters.every((character, index) => {
      const codePoint = character.codePointAt(0) ?? 0;
      if (index > 0 && (codePoint === 0x200c || codePoint === 0x200d)) return true;
      return !isInvisible(codePoint) && font.hasGlyphForCodePoint(codePoint);
    })
  );
}

/** Letters that are written from right to left; the digits between them are not. */
const rightToLeft =
  /[\u05d0-\u05f4\u0620-\u064a\u066e-\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u0870-\u08c9\ufb1d-\ufdff\ufe70-\ufefc]/;

const withoutPlaces = { mark: false, mkmk: false, abvm: false, blwm: false };

/** Words are measured here and set by PDFKit; a font remembers how it laid each of them out. */
function layingOutOnce(font: FontkitFont): FontkitFont {
  const layOut = font.layout.bind(font);
  const known = new Map<string, ReturnType<FontkitFont['layout']>>();
  font.layout = (text) => {
    const before = known.get(text);
    if (before) return before;
    // The library goes by the script alone, and would turn Arabic numbers around.
    const direction = rightToLeft.test(text) ? 'rtl' : 'ltr';
    const shaped = (features?: Readonly<Record<string, boolean>>) => layOut(text, features, undefined, undefined, direction);
    let run: ReturnType<typeof layOut>;
    try {
      run = shaped();
    } catch {
      // It fails on some marks that a font has no place for on a letter. Those stand where they come, then.
      run = shaped(withoutPlaces);
    }
    // PDFKit converts positions to thousandths in place, so these are not for a second time.
    if (font.unitsPerEm !== 1000) return run;
    if (known.size >= cacheLimit) known.clear();
    known.set(text, run);
    return run;
  };
  return font;
}

/** A font file, by its path below `node_modules`, or null when it is not there. */
export function readFont(directory: string, path: string): Buffer | null {
  const found = [join(directory, path), join(directory, basename(path))].find(existsSync);
  return found === undefined ? null : readFileSync(found);
}
