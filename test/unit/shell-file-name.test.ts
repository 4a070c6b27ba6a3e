import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeFileName } from '../../electron/main/file-name.ts';

test.each([
  ['Report 2026-01.pdf', 'Report 2026-01.pdf'],
  ['../../etc/passwd', 'etc passwd'],
  ['a\u202Efdp.exe', 'a fdp.exe'],
  ['  ..  ', 'Unnamed'],
  ['', 'Unnamed'],
  ['con', 'con_'],
  ['LPT1.txt', 'LPT1.txt_'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j'],
  ['Prüfung – Größe', 'Prüfung – Größe'],
])('%j becomes %j', (given, safe) => {
  expect(safeFileName(given)).toBe(safe);
});

test('a name that is too long is cut at a whole character', () => {
  expect(safeFileName('ä'.repeat(150))).toBe('ä'.repeat(100));
  expect(safeFileName(`${'a'.repeat(199)}€.pdf`)).toBe('a'.repeat(199));
});

test('whatever is given, the name is one path part of bearable length', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (given) => {
      const name = safeFileName(given);
      expect(name).not.toBe('');
      expect(name).not.toMatch(/[/\\]|^\.|[. ]$/);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(201);
    }),
  );
});
