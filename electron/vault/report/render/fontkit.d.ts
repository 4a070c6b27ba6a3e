/** The part of fontkit that the report uses; the package ships no types. */
declare module 'fontkit' {
  export interface FontkitFont {
    readonly unitsPerEm: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    layout: (
      text: string,
      features?: Readonly<Record<string, boolean>>,
      script?: undefined,
      language?: undefined,
      direction?: 'ltr' | 'rtl',
    ) => { readonly advanceWidth: number };
  }
  export function create(bytes: Uint8Array): FontkitFont;
}
