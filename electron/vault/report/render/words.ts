import type { Messages } from '../messages/en.ts';

/** Dates in words, the same on every machine. */

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})/;

/** `2026-11-24` -> `24 November 2026`. Anything else is returned as it is. */
export function dayInWords(day: string, messages: Messages): string {
  const match = dayPattern.exec(day);
  const month = match ? messages.months[Number(match[2]) - 1] : undefined;
  return match && month ? `${Number(match[3])} ${month} ${match[1]}` : day;
}

/** `24 Nov 2026`, for tables. */
export function shortDay(day: string, messages: Messages): string {
  const match = dayPattern.exec(day);
  const month = match ? messages.months[Number(match[2]) - 1] : undefined;
  return match && month ? `${Number(match[3])} ${month.slice(0, 3)} ${match[1]}` : day;
}

/** `2026-11-24T16:20:11.000Z` -> `24 November 2026, 16:20 UTC`. */
export function momentInWords(time: string, messages: Messages): string {
  const clock = /T(\d{2}:\d{2})/.exec(time)?.[1];
  return clock ? `${dayInWords(time, messages)}, ${clock} UTC` : dayInWords(time, messages);
}

/** `9c41f0d2 77b3 ... 0a5e`: enough of a hash to tell files apart; the full one is in the index. */
export function shortHash(sha256: string): string {
  return sha256.length < 24 ? sha256 : `${sha256.slice(0, 8)} ${sha256.slice(8, 12)} … ${sha256.slice(-4)}`;
}

/** `first` with a capital; the rest untouched. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
