import { describe, expect, test } from 'vitest';
import { openFonts } from '../../../electron/vault/report/render/fonts.ts';
import { breakLines, type Line, type Span } from '../../../electron/vault/report/render/lines.ts';
import { styles } from '../../../electron/vault/report/render/theme.ts';
import { fontsDirectory } from './fixtures.ts';

const fonts = openFonts(fontsDirectory);
const span = (text: string): Span => ({ text, style: styles.body });
const linesOf = (text: string, limit: number) => breakLines(fonts, [span(text)], limit).map((line) => line.text);

/** The pieces from left to right; what is drawn from right to left by its font is in the order it is read. */
const drawn = ({ pieces }: Line) => pieces.map((piece) => piece.text);
const drawnOf = (...spans: Span[]) => drawn(breakLines(fonts, spans, Number.POSITIVE_INFINITY)[0]);

/** Where each piece ends must be where the next one begins. */
function expectNoGaps(line: Line): void {
  let end = line.pieces[0]?.x ?? 0;
  const start = end;
  for (const { x, font, text, style } of line.pieces) {
    expect(x).toBeCloseTo(end, 6);
    end = x + (text.match(/ +|[^ ]+/g) ?? []).reduce((sum, word) => sum + fonts.measure({ font, text: word }) * style.size, 0);
  }
  expect(end - start).toBeCloseTo(line.width, 6);
}

describe('the order on paper', () => {
  test('of Latin text is the order it is read in', () => {
    expect(drawnOf(span('Report 2026 (final).pdf'))).toEqual(['Report 2026 (final).pdf']);
  });

  test('of a name in Hebrew or Arabic within Latin text', () => {
    expect(drawnOf(span('Report דוח 2026.pdf'))).toEqual(['Report ', '2026', ' ', 'דוח', '.pdf']);
    expect(drawnOf(span('From מרים כהן to Ada'))).toEqual(['From ', 'כהן', ' ', 'מרים', ' to Ada']);
    expect(drawnOf({ ...span('ملف (3).pdf'), leftToRight: true })).toEqual(['(', '3', ') ', 'ملف', '.pdf']);
  });

  test('of a sentence in Hebrew begins at the right, with its brackets mirrored and its point at the left', () => {
    const [line] = breakLines(fonts, [span('נבדק הקובץ log (v2).pdf ביום 24.11.2026 (ראו נספח).')], Number.POSITIVE_INFINITY);
    expect(drawn(line).join('|')).toBe('.(|נספח| |ראו|) |24.11.2026| |ביום| |log (v2).pdf| |הקובץ| |נבדק');
    expect(line.text).toBe('נבדק הקובץ log (v2).pdf ביום 24.11.2026 (ראו נספח).');
    expectNoGaps(line);
  });

  test('of Arabic numbers is from left to right', () => {
    expect(drawnOf(span('سنة ٢٠٢٦'))).toEqual(['٢٠٢٦', ' ', 'سنة']);
    const width = fonts.word('٢٠', 'sans').width;
    expect(fonts.opened().get('sans arabic')?.layout('٢٠')).toMatchObject({ direction: 'ltr', advanceWidth: width * 1000 });
  });

  test('is not moved by emoji, or by an override, which is shown', () => {
    expect(drawnOf(span('🔒 דוח סודי'))).toEqual(['סודי', ' ', 'דוח', ' ', '🔒']);
    expect(drawnOf(span('a\u202eb דוח'))).toEqual(['a[U+202E]b ', 'דוח']);
  });

  test('of an English line that begins with a name in Hebrew stays', () => {
    expect(drawnOf(span('כהן, responsible for the server room'))).toEqual(['כהן', ', responsible for the server room']);
  });

  test('of what follows a name is not drawn into its direction', () => {
    expect(drawnOf(span('כהן, 5 December 2026'))[0]).not.toBe('כהן');
    const spans = [span('By '), { ...span('מרים כהן'), isolated: true as const }, span(', 5 December 2026')];
    expect(drawnOf(...spans)).toEqual(['By ', 'כהן', ' ', 'מרים', ', 5 December 2026']);
    expect(drawnOf(...spans.slice(1))).toEqual(['כהן', ' ', 'מרים', ', 5 December 2026']);
  });

  test('puts each of several lines at the right edge', () => {
    const lines = breakLines(fonts, [span(`${'הצוות בדק את הקובץ '.repeat(6)}\nEnglish`)], 200);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines.slice(0, -1)) {
      expectNoGaps(line);
      expect((line.pieces[0]?.x ?? 0) + line.width).toBeCloseTo(200, 6);
    }
    expect(lines.at(-1)?.pieces[0]?.x).toBe(0);
  });
});

describe('lines end', () => {
  const width = (text: string) => fonts.word(text, 'sans').width * styles.body.size;

  test('between Chinese characters, not before closing and not after opening punctuation', () => {
    const [first, second] = linesOf('日志必须保存六个月。', width('日志必须保存六个月') + 1);
    expect([first, second]).toEqual(['日志必须保存六个', '月。']);
    expect(linesOf('日志《制度》', width('日志《') + 1)[0]).toBe('日志');
  });

  test('between Japanese characters, not before small kana', () => {
    expect(linesOf('ログとセキュリティ', width('ログとセキ') + 1)[0]).toBe('ログとセ');
    expect(linesOf('サーバー', width('サーバ') + 1)[0]).toBe('サー');
  });

  test('not inside a Latin word or a number that stands between such characters', () => {
    expect(linesOf('报告report2026年', width('report2026') + 1)).toEqual(['报告', 'report2026', '年']);
  });

  test('between Thai words', () => {
    const text = 'ทีมตรวจสอบได้ตรวจสอบไฟล์';
    for (const limit of [60, 80, 100]) {
      const lines = linesOf(text, limit);
      expect(lines.join('')).toBe(text);
      for (const line of lines) expect(line).toMatch(/^(ทีม|ตรวจ|สอบ|ได้|ไฟล์)+$/);
    }
  });

  test('between signs where a word alone is too wide, never inside one', () => {
    const lines = linesOf('👩\u200d💻'.repeat(30), 100);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line).toMatch(/^(?:👩\u200d💻)+$/u);
  });

  test('at the same places however far the pieces of a line differ in font', () => {
    for (const line of breakLines(fonts, [span('报告 report レポート 보고서 🔒 דוח '.repeat(8))], 150)) {
      expectNoGaps(line);
      expect(line.width).toBeLessThanOrEqual(150.01);
    }
  });
});
