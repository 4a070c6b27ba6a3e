import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test, vi } from 'vitest';
import { actionWord } from '../../../renderer/action-word.ts';
import { AppError, describeError, errorLine, isCancelled } from '../../../renderer/app-error.ts';
import { messages } from '../../../renderer/i18n/en/index.ts';
import {
  daysBetween,
  formatBytes,
  formatDate,
  formatDuration,
  formatMoment,
  formatPercent,
  formatPeriod,
  isoDay,
} from '../../../renderer/i18n/format.ts';
import type { MessageKey } from '../../../renderer/i18n/translate.ts';
import { direction, hasMessage, t } from '../../../renderer/i18n/translate.ts';
import { addressableDecisions, questionValues, verdicts, workStatuses } from '../../../shared/domain/answer.ts';
import { auditStates } from '../../../shared/domain/audit.ts';
import { checkCodes } from '../../../shared/domain/checks.ts';
import { methods } from '../../../shared/domain/control.ts';
import { custodyActions, sensitivities } from '../../../shared/domain/evidence.ts';
import { findingStates } from '../../../shared/domain/finding.ts';
import { priorities } from '../../../shared/domain/plan.ts';
import { previewLimits } from '../../../shared/domain/preview.ts';
import { errorCodes } from '../../../shared/ipc/errors.ts';
import { composedKeys, messageCalls, quotedKeys, sources } from './source-keys.ts';

const keys = Object.keys(messages);
const window = sources('renderer');

/** The placeholders of a message, and for each whether a number is needed. */
function placeholders(message: string): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  type Ast = ReturnType<IntlMessageFormat['getAst']>;
  const visit = (parts: Ast) => {
    for (const part of parts) {
      if (part.type === 0 || part.type === 7) continue;
      const name = String(part.value);
      // 2 is a number, 6 a plural.
      found.set(name, (found.get(name) ?? false) || part.type === 2 || part.type === 6);
      if ('options' in part) for (const option of Object.values(part.options)) visit(option.value);
    }
  };
  visit(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst());
  return found;
}

describe('the message catalogue', () => {
  test('has every key that the code asks for by name', () => {
    const missing = messageCalls(window).filter(({ key }) => !hasMessage(key));
    expect(missing).toEqual([]);
  });

  test('has at least one key for every key that is put together', () => {
    const patterns = composedKeys(window);
    expect(patterns.length).toBeGreaterThan(20);
    const unmatched = patterns.filter(({ pattern }) => !keys.some((key) => pattern.test(key)));
    // An id of a command and the like look the same; they hold no message.
    expect(unmatched.map(({ path, pattern }) => `${path} ${pattern.source}`)).toEqual([]);
  });

  test('has no key that nothing uses', () => {
    const quoted = quotedKeys(window);
    const patterns = composedKeys(window).map(({ pattern }) => pattern);
    const unused = keys.filter((key) => !quoted.has(key) && !patterns.some((pattern) => pattern.test(key)));
    // Titles of errors are put together from their code, hints from their title.
    expect(unused.filter((key) => !/^error\..*\.hint$/.test(key))).toEqual([]);
  });

  test('has a word for every value of the contract', () => {
    const wanted = [
      ...verdicts.map((value) => `common.verdict.${value}`),
      ...workStatuses.map((value) => `common.work.${value}`),
      ...methods.map((value) => `common.method.${value}`),
      ...auditStates.map((value) => `common.state.${value}`),
      ...checkCodes.map((value) => `common.check.${value}`),
      ...addressableDecisions.map((value) => `walkthrough.decision.${value}`),
      ...questionValues.map((value) => `walkthrough.question.${value}`),
      ...custodyActions.map((value) => `evidence.custody.${value}`),
      ...sensitivities.map((value) => `evidence.sensitivity.${value}`),
      ...findingStates.map((value) => `findings.state.${value}`),
      ...priorities.map((value) => `plan.priority.${value}`),
      ...previewLimits.map((value) => `preview.limit.${value}`),
    ];
    expect(wanted.filter((key) => !hasMessage(key))).toEqual([]);
  });

  test('can be formatted throughout, with any number', () => {
    const broken = Object.entries(messages).filter(([key, message]) => {
      const names = placeholders(message);
      return [0, 1, 2, 1234].some((number) => {
        const values = Object.fromEntries([...names].map(([name, numeric]) => [name, numeric ? number : `<${name}>`]));
        const text = t(key as MessageKey, values);
        return (text === '') !== (message === '') || /[{}]|undefined|NaN/.test(text);
      });
    });
    expect(broken).toEqual([]);
  });

  test('every call hands over exactly the values its message asks for', () => {
    const wrong = messageCalls(window).filter(({ key, values }) => {
      if (values === null || !hasMessage(key)) return false;
      return [...placeholders(messages[key]).keys()].sort().join() !== [...values].sort().join();
    });
    expect(wrong).toEqual([]);
  });

  test('has neither an apostrophe that quotes nor a space too many', () => {
    const odd = Object.entries(messages).filter(([, message]) => message !== message.trim() || /'\{| {2}/.test(message));
    expect(odd).toEqual([]);
  });
});

describe('actions of the trail', () => {
  test('all have a word', () => {
    const vault = [...sources('electron/vault').values()].join('\n');
    const actions = new Set([...vault.matchAll(/action: '([a-z]+\.[a-z-]+)'/g)].map(([, action = '']) => action));
    expect(actions.size).toBeGreaterThan(15);
    const all = [...actions, ...custodyActions.map((action) => `evidence.${action}`)];
    expect(all.filter((action) => actionWord(action) === action)).toEqual([]);
  });

  test('that are not known keep their own name', () => {
    expect(actionWord('moon.reached')).toBe('moon.reached');
    expect(actionWord('evidence.collected')).toBe('attached evidence');
  });
});

describe('errors', () => {
  test('have a sentence for every code', () => {
    expect(Object.keys(errorCodes).filter((code) => !hasMessage(`error.${code}`))).toEqual([]);
  });

  test('are told in words, with the hint of the vault before the one of the catalogue', () => {
    const error = (hint: string) => new AppError({ kind: 'expected', code: 'disk.full', message: 'x', hint, data: {} });
    expect(describeError(error(''))).toEqual({
      title: 'The disk is full.',
      hint: 'Free some space and try again. What was saved before is safe.',
      reference: null,
    });
    expect(describeError(error('Only 3 MB are left.')).hint).toBe('Only 3 MB are left.');
  });

  test('that nobody expected show their reference number and no detail', () => {
    expect(describeError(new AppError({ kind: 'bug', reference: 'B-7' }))).toMatchObject({ title: t('error.bug'), reference: 'B-7' });
    expect(errorLine(new AppError({ kind: 'bug', reference: 'B-7' }))).toMatch(/note the reference number\. Reference B-7$/);
    expect(describeError(new TypeError('x is undefined'))).toMatchObject({ title: t('error.bug'), reference: null });
  });

  test('a cancellation is none', () => {
    const cancelled = new AppError({ kind: 'cancelled' });
    expect(isCancelled(cancelled)).toBe(true);
    expect(describeError(cancelled).title).toBe(t('error.cancelled'));
    expect(isCancelled(new Error('cancelled'))).toBe(false);
  });
});

describe('numbers and days', () => {
  test('a day is never shifted by the time zone', () => {
    expect(formatDate('2026-12-31')).toContain('31');
    expect(formatDate('2026-01-01')).toContain('2026');
    expect(isoDay(new Date(2026, 0, 1, 0, 0))).toBe('2026-01-01');
  });

  test('what is no day is shown as nothing', () => {
    for (const value of ['', null, undefined, 'soon']) expect(formatDate(value)).toBe('');
    expect(formatMoment('')).toBe('');
    expect(formatPeriod('', '')).toBe('');
    expect(formatPeriod('2026-01-01', '')).toBe(formatDate('2026-01-01'));
  });

  test('a moment of today and of yesterday is said so', () => {
    vi.useFakeTimers({ now: new Date(2026, 2, 9, 12, 0) });
    expect(formatMoment(new Date(2026, 2, 9, 8, 5).toISOString())).toBe('today 08:05');
    expect(formatMoment(new Date(2026, 2, 8, 23, 59).toISOString())).toBe('yesterday 23:59');
    expect(formatMoment(new Date(2026, 2, 1, 0, 0).toISOString())).toMatch(/1.* 00:00$/);
    vi.useRealTimers();
  });

  test('days are counted across months and the change of clocks', () => {
    expect(daysBetween('2026-02-28', '2026-03-01')).toBe(1);
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-03-02', '2026-03-01')).toBe(-1);
  });

  /** With the space that keeps a number and its unit on one line. */
  const joined = (...texts: string[]) => texts.map((text) => text.replace(' ', '\u00a0'));

  test('sizes count in thousands and durations are rounded for reading', () => {
    expect([0, 999, 1000, 412_300, 4_200_000].map(formatBytes)).toEqual(joined('0 bytes', '999 bytes', '1 kB', '412 kB', '4.2 MB'));
    expect([0, 40, 89, 90, 5400].map(formatDuration)).toEqual(joined('1 sec', '40 sec', '89 sec', '2 min', '2 hr'));
    expect(formatPercent(0.425)).toMatch(/^4[23]%$/);
  });

  test('the direction of writing follows the language', () => {
    expect(['en', 'de-AT', 'ar', 'he-IL', 'arn'].map(direction)).toEqual(['ltr', 'ltr', 'rtl', 'rtl', 'ltr']);
  });
});
