import { describe, expect, test } from 'vitest';
import { joinMoment, momentNow, readTime, readWrittenMoment, splitMoment } from '../../../renderer/evidence/moment.ts';

describe('a moment in a form', () => {
  test('is taken apart on the clock of this machine and put together again', () => {
    expect(splitMoment('2026-03-01')).toEqual({ day: '2026-03-01', time: '' });
    expect(splitMoment('')).toEqual({ day: '', time: '' });
    expect(splitMoment('nonsense')).toEqual({ day: '', time: '' });
    const joined = joinMoment({ day: '2026-07-01', time: '9:05' });
    expect(joined).toMatch(/^2026-07-01T09:05:00[+-]\d\d:\d\d$/);
    expect(splitMoment(joined)).toEqual({ day: '2026-07-01', time: '09:05' });
    expect(splitMoment(momentNow(new Date(2026, 0, 2, 3, 4)))).toEqual({ day: '2026-01-02', time: '03:04' });
  });

  test('is a day alone without a time, and nothing without a day', () => {
    expect(joinMoment({ day: '2026-07-01', time: '' })).toBe('2026-07-01');
    expect(joinMoment({ day: '2026-07-01', time: '25:00' })).toBe('2026-07-01');
    expect(joinMoment({ day: '', time: '10:00' })).toBe('');
  });

  test.each([
    ['9:05', '09:05'],
    ['0905', '09:05'],
    ['23.59', '23:59'],
    ['', ''],
    ['24:00', null],
    ['10:60', null],
    ['soon', null],
  ])('the time %j is read as %j', (text, time) => {
    expect(readTime(text)).toBe(time);
  });

  test.each([
    ['2026-05-04 10:11:12 +02:00', '2026-05-04T10:11:00+02:00'],
    ['2026-05-04T10:11:12Z', '2026-05-04T10:11:00Z'],
    ['2026-05-04', '2026-05-04'],
    ['4 May 2026', ''],
    ['2026-99-99 10:00', ''],
  ])('a file’s own %j becomes %j', (text, moment) => {
    expect(readWrittenMoment(text)).toBe(moment);
  });

  test('a file’s own time without an offset is one of this machine', () => {
    expect(splitMoment(readWrittenMoment('2026-05-04 10:11:12'))).toEqual({ day: '2026-05-04', time: '10:11' });
  });
});
