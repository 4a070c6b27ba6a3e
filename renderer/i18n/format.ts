import { fileSize } from '../../shared/domain/file-size.ts';
import { language } from './translate.ts';

/** Dates in the reader's own region, words in the language of the window. */
const region = pickRegion();

function pickRegion(): string {
  const preferred = typeof navigator === 'undefined' ? language : navigator.language;
  return preferred.startsWith(language) ? preferred : language;
}

const dayFormat = new Intl.DateTimeFormat(region, { day: 'numeric', month: 'short', year: 'numeric' });
const dayThisYear = new Intl.DateTimeFormat(region, { day: 'numeric', month: 'short' });
const timeFormat = new Intl.DateTimeFormat(region, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const secondsFormat = new Intl.DateTimeFormat(region, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });

/** `12 Dec 2026`. Takes an ISO day or an ISO time; empty for anything else. Days are never shifted by the time zone. */
export function formatDate(value: string | null | undefined): string {
  const date = parse(value);
  return date === null ? '' : dayFormat.format(date);
}

/** `12 Dec`, with the year only when it is not this one. */
export function formatShortDate(value: string | null | undefined): string {
  const date = parse(value);
  if (date === null) return '';
  return date.getFullYear() === new Date().getFullYear() ? dayThisYear.format(date) : dayFormat.format(date);
}

/** `14:02`, or `14:02:31` with seconds. */
export function formatTime(value: string | Date | null | undefined, seconds = false): string {
  const date = value instanceof Date ? value : parse(value);
  return date === null ? '' : (seconds ? secondsFormat : timeFormat).format(date);
}

/** `today 14:02`, `yesterday 09:10` or `12 Nov 14:02`. */
export function formatMoment(value: string | null | undefined): string {
  const date = parse(value);
  if (date === null) return '';
  const days = daysBetween(isoDay(new Date()), isoDay(date));
  const day = days === 0 || days === -1 ? relative.format(days, 'day') : formatShortDate(value);
  return `${day} ${timeFormat.format(date)}`;
}

/** `1 Jan to 31 Oct 2026` in the manner of the region; one side may be empty. */
export function formatPeriod(from: string, to: string): string {
  const start = parse(from);
  const end = parse(to);
  if (start !== null && end !== null) return dayFormat.formatRange(start, end);
  return formatDate(from || to);
}

export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(region, options).format(value);
}

/** `0.42` becomes `42 %` in the manner of the region. */
export function formatPercent(fraction: number): string {
  return formatNumber(fraction, { style: 'percent', maximumFractionDigits: 0 });
}

/** `412 kB`, in steps of 1000 as disks and file managers count. */
export function formatBytes(bytes: number): string {
  return fileSize(bytes, region);
}

/** Seconds as `40 sec`, `3 min` or `2 hr`, rounded for reading; number and unit stay on one line. */
export function formatDuration(seconds: number): string {
  const [value, unit] = seconds < 90 ? [seconds, 'second'] : seconds < 5400 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
  return formatNumber(Math.max(1, Math.round(value as number)), { style: 'unit', unit: unit as string, unitDisplay: 'short' }).replace(
    /\s/g,
    '\u00a0',
  );
}

/** The local day of a moment as ISO day. */
export function isoDay(date: Date): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** Whole days from one ISO day to another; negative when `to` lies before `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

function parse(value: string | null | undefined): Date | null {
  if (value === null || value === undefined || value === '') return null;
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00` : value);
  return Number.isNaN(date.getTime()) ? null : date;
}
