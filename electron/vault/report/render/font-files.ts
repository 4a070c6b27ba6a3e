import type { FontFamily } from './theme.ts';

/**
 * The font files that are delivered: IBM Plex, one file for each script, and Noto for Chinese and for emoji. Plex has Chinese as
 * well, in a package that reports its use; the small Chinese files of other packages lack a sixth of the characters in daily use.
 */
export interface FontFile {
  /** Under which it is registered with a document, e.g. `sans latin`. Families may share a file. */
  readonly name: string;
  /** Below `node_modules`. */
  readonly path: string;
  /** The characters that it is looked at for; others do not open it. */
  readonly characters: RegExp;
}

/** Which shapes the characters get that Chinese and Japanese write differently. */
export type HanShapes = 'chinese' | 'japanese';

const europe = /[\0-\u058f\u1c80-\u1c8f\u1d00-\u2e7f\ua640-\ua69f\ua700-\ua7ff\ufb00-\ufb06\ufffd]/u;

/** A text with such a character may need more than letters set one after the other from left to right. */
export const beyondEurope = /[^\0-\u058f\u1c80-\u1c8f\u1d00-\u2e7f\ua640-\ua69f\ua700-\ua7ff\ufb00-\ufb06\ufffd]/u;

/** `sans` and `mono` are set in the regular weight. Where there is `bold`, that has a file of its own. */
interface Script {
  readonly name: string;
  readonly characters: RegExp;
  readonly regular: string;
  readonly bold?: string;
}

const plex = (script: string, characters: RegExp): Script => ({
  name: script,
  characters,
  regular: `@fontsource/ibm-plex-sans-${script}/files/ibm-plex-sans-${script}-${script}-400-normal.woff`,
  bold: `@fontsource/ibm-plex-sans-${script}/files/ibm-plex-sans-${script}-${script}-600-normal.woff`,
});

/** Symbols that have no script of their own come with these as well. */
const eastern = /[\u2000-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}]/u;

const japanese: Script = {
  name: 'japanese',
  characters: eastern,
  regular: '@fontsource/ibm-plex-sans-jp/files/ibm-plex-sans-jp-japanese-400-normal.woff',
};

const chinese: Script = {
  name: 'chinese',
  characters: eastern,
  regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
};

const world: readonly Script[] = [
  plex('hebrew', /[\u0590-\u05ff\ufb1d-\ufb4f]/u),
  plex('arabic', /[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc]/u),
  plex('thai', /[\u0e00-\u0e7f]/u),
  plex('devanagari', /[\u0900-\u097f\u1cd0-\u1cf9\ua8e0-\ua8ff]/u),
  {
    name: 'korean',
    characters: /[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]/u,
    regular: '@fontsource/ibm-plex-sans-kr/files/ibm-plex-sans-kr-korean-400-normal.woff',
  },
  {
    name: 'emoji',
    characters: /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u20e3/u,
    regular: '@fontsource/noto-emoji/files/noto-emoji-emoji-400-normal.woff',
  },
];

function filesOf(family: FontFamily): Readonly<Record<HanShapes, readonly FontFile[]>> {
  const [face, weight] = family === 'mono' ? ['ibm-plex-mono', 400] : ['ibm-plex-sans', family === 'bold' ? 600 : 400];
  const scripts = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', ...(family === 'mono' ? [] : ['greek']), 'vietnamese'];
  const european = scripts.map((script) => ({
    name: `${family} ${script}`,
    path: `@fontsource/${face}/files/${face}-${script}-${weight}-normal.woff`,
    characters: europe,
  }));
  const file = ({ name, characters, regular, bold }: Script): FontFile =>
    family === 'bold' && bold !== undefined
      ? { name: `bold ${name}`, path: bold, characters }
      : { name: `sans ${name}`, path: regular, characters };
  return {
    chinese: [...european, ...[...world, chinese, japanese].map(file)],
    japanese: [...european, ...[...world, japanese, chinese].map(file)],
  };
}

/** The files of a family; the first that holds a character sets it. */
export const fontFiles: Readonly<Record<FontFamily, Readonly<Record<HanShapes, readonly FontFile[]>>>> = {
  sans: filesOf('sans'),
  bold: filesOf('bold'),
  mono: filesOf('mono'),
};

/** What has to be delivered, below `node_modules`. */
export const deliveredFonts: readonly string[] = [
  ...new Set(Object.values(fontFiles).flatMap((family) => family.chinese.map(({ path }) => path))),
];

/**
 * The same character has other shapes in Chinese and in Japanese. A text with kana is Japanese; one with hangul gets the
 * Japanese shapes too, which are closer to the Korean ones; any other text the Chinese ones.
 */
export function hanShapes(text: string): HanShapes {
  return /[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/.test(text) ? 'japanese' : 'chinese';
}
