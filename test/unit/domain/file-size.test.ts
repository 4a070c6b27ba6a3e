import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../../electron/vault/report/messages/en.ts';
import { formatBytes } from '../../../renderer/i18n/format.ts';
import { fileSize } from '../../../shared/domain/file-size.ts';

describe('the size of a file', () => {
  const words = (bytes: number) => fileSize(bytes, 'en-US').replaceAll('\u00a0', ' ');

  it('counts in steps of a thousand, with one decimal below a hundred', () => {
    expect([0, 1, 999, 1000, 6500, 99_940, 412_300, 4_200_000, 5_000_000_000, 3.2e12].map(words)).toEqual([
      '0 bytes',
      '1 byte',
      '999 bytes',
      '1 kB',
      '6.5 kB',
      '99.9 kB',
      '412 kB',
      '4.2 MB',
      '5 GB',
      '3.2 TB',
    ]);
  });

  it('that rounds to a thousand is one of the next unit', () => {
    expect([999.6, 999_499, 999_500, 999_999, 999_999_999].map(words)).toEqual(['1 kB', '999 kB', '1 MB', '1 MB', '1 GB']);
    expect(words(2e15)).toBe('2,000 TB');
  });

  it('never stands on two lines', () => {
    for (const locale of ['en-US', 'de-AT', 'fr-FR', 'ar']) {
      for (const bytes of [0, 6500, 123_456_789_012_345]) expect(fileSize(bytes, locale)).not.toMatch(/[^\S\u00a0]/);
    }
  });

  it('is the same on the screen and in the printed report', () => {
    for (const bytes of [0, 1, 1023, 1024, 6500, 1_048_576, 2 ** 36]) {
      expect(messagesFor('en').evidence.size(bytes)).toBe(fileSize(bytes, 'en-US'));
      expect(formatBytes(bytes)).toBe(fileSize(bytes, 'en-US'));
    }
  });
});
