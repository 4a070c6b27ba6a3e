import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createIdleLock } from '../../electron/main/idle.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('it locks once when nobody was there for so long, and again only after somebody was', () => {
  const lock = vi.fn();
  const idle = createIdleLock(lock);
  idle.setMinutes(2);
  vi.advanceTimersByTime(119_000);
  expect(lock).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2_000);
  expect(lock).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(600_000);
  expect(lock).toHaveBeenCalledTimes(1);
  idle.activity();
  vi.advanceTimersByTime(121_000);
  expect(lock).toHaveBeenCalledTimes(2);
  idle.stop();
});

test('activity puts the lock off', () => {
  const lock = vi.fn();
  const idle = createIdleLock(lock);
  idle.setMinutes(1);
  for (let minute = 0; minute < 10; minute += 1) {
    vi.advanceTimersByTime(50_000);
    idle.activity();
  }
  expect(lock).not.toHaveBeenCalled();
  idle.stop();
});
