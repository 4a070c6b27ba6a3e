/** Moments as the forms take them apart: the day and the time on the clock of this machine. */
export interface MomentParts {
  /** ISO day or empty. */
  readonly day: string;
  /** `14:05` or empty. */
  readonly time: string;
}

const two = (value: number) => String(value).padStart(2, '0');

/** Takes apart an ISO day or an ISO moment with its offset; anything else is empty. */
export function splitMoment(value: string): MomentParts {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return { day: value, time: '' };
  const at = new Date(value);
  if (value === '' || Number.isNaN(at.getTime())) return { day: '', time: '' };
  return { day: localDay(at), time: `${two(at.getHours())}:${two(at.getMinutes())}` };
}

/** Puts a day and a time together: with this machine's offset of that moment, a day alone without a time, nothing without a day. */
export function joinMoment({ day, time }: MomentParts): string {
  const clock = readTime(time);
  if (day === '' || clock === null || clock === '') return day;
  const at = new Date(`${day}T${clock}:00`);
  return `${day}T${clock}:00${offset(at)}`;
}

/** `9:05` and `0905` become `09:05`; null when it is no time of day. */
export function readTime(text: string): string | null {
  const plain = text.trim();
  if (plain === '') return '';
  const found = /^(\d{1,2})[:.]?(\d{2})$/.exec(plain);
  if (found === null) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2])];
  return hours > 23 || minutes > 59 ? null : `${two(hours)}:${two(minutes)}`;
}

/** Now, to the minute. */
export function momentNow(now: Date = new Date()): string {
  return joinMoment({ day: localDay(now), time: `${two(now.getHours())}:${two(now.getMinutes())}` });
}

/** A moment as a file says it of itself, e.g. `2026-05-04 10:11:12 +02:00`, as far as it can be understood; else empty. */
export function readWrittenMoment(text: string): string {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:\d{2})?)?/.exec(text.trim());
  const [, day = '', time = '', zone] = found ?? [];
  if (day === '' || Number.isNaN(new Date(day).getTime())) return '';
  if (time === '') return day;
  return zone === undefined ? joinMoment({ day, time }) : `${day}T${time}:00${zone}`;
}

function localDay(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function offset(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
