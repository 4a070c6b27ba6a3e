/** Proportions and colours of the printed report. Lengths are PDF points (1/72 inch). */

export const paperSizes = {
  a4: { width: 595.28, height: 841.89 },
  letter: { width: 612, height: 792 },
} as const;

export const margins = { left: 58, right: 58, top: 60, bottom: 74 } as const;

/** The print version of the screen's palette; every text colour reaches 4.5:1 on white. */
export const colours = {
  ink: '#1b2026',
  inkSecond: '#4b5157',
  inkThird: '#686d73',
  line: '#cfccc6',
  hairline: '#e1deda',
  panel: '#f7f6f3',
  accent: '#006763',
  compliant: '#1e7a3c',
  partial: '#96620a',
  nonCompliant: '#b23230',
  grey: '#6b6f75',
  watermark: '#f5ebe9',
  paper: '#ffffff',
} as const;

export type FontFamily = 'sans' | 'bold' | 'mono';

/** One way of setting text; `leading` is the distance from baseline to baseline. */
export interface TextStyle {
  readonly family: FontFamily;
  readonly size: number;
  readonly leading: number;
  readonly colour: string;
}

function style(family: FontFamily, size: number, leading: number, colour: string): TextStyle {
  return { family, size, leading, colour };
}

export const styles = {
  display: style('bold', 29, 34, colours.ink),
  subtitle: style('sans', 16, 21, colours.inkSecond),
  number: style('bold', 46, 48, colours.ink),
  heading1: style('bold', 19, 24, colours.ink),
  heading2: style('bold', 13.5, 18, colours.ink),
  heading3: style('bold', 11.5, 15.5, colours.ink),
  heading4: style('bold', 9.5, 13.5, colours.ink),
  body: style('sans', 9.5, 13.8, colours.ink),
  bodyBold: style('bold', 9.5, 13.8, colours.ink),
  small: style('sans', 8.5, 12.2, colours.ink),
  smallBold: style('bold', 8.5, 12.2, colours.ink),
  quiet: style('sans', 8.5, 12.2, colours.inkThird),
  label: style('bold', 7, 10, colours.inkThird),
  mono: style('mono', 8, 11.5, colours.inkSecond),
  hash: style('mono', 7, 10, colours.inkSecond),
  footer: style('sans', 7.5, 10, colours.inkThird),
} as const;

/** The widest column of running text: about 72 characters of the body style. */
export const textColumn = 352;
