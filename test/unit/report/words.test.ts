import { expect, test } from 'vitest';
import { messagesFor } from '../../../electron/vault/report/messages/en.ts';
import { capitalised, dayInWords, momentInWords, shortDay, shortHash } from '../../../electron/vault/report/render/words.ts';

const messages = messagesFor('en');

test('days and moments are put in words, and anything else stays as it is', () => {
  expect(dayInWords('2026-11-04', messages)).toBe('4 November 2026');
  expect(shortDay('2026-11-04', messages)).toBe('4 Nov 2026');
  for (const other of ['', 'soon', '2026-13-01']) {
    expect(dayInWords(other, messages)).toBe(other);
    expect(shortDay(other, messages)).toBe(other);
    expect(momentInWords(other, messages)).toBe(other);
  }
  expect(momentInWords('2026-11-24T16:20:11.000Z', messages)).toBe('24 November 2026, 16:20 UTC');
});

test('a hash is shortened, and what is no hash is not', () => {
  expect(shortHash('9c41f0d277b3'.padEnd(60, '0').concat('0a5e'))).toBe('9c41f0d2 77b3 … 0a5e');
  expect(shortHash('9c41')).toBe('9c41');
  expect(capitalised('lead')).toBe('Lead');
});
