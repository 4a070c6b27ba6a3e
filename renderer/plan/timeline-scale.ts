import type { Task } from '../../shared/domain/plan.ts';

/** Days counted from 1970-01-01. */
type DayNumber = number;

export interface TimelineBar {
  readonly task: Task;
  /** Shares of the whole width, 0..1. */
  readonly start: number;
  readonly length: number;
}

export interface Timeline {
  /** ISO days of the first and the last day shown. */
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly bars: readonly TimelineBar[];
  readonly undated: readonly Task[];
  /** First days of months with their place, 0..1. */
  readonly months: readonly { readonly day: string; readonly at: number }[];
  /** The middle of today, 0..1. */
  readonly today: number;
}

/** Lays tasks out on whole months that include today. A task with one day only lasts that day. Null when none has a day. */
export function layOutTimeline(tasks: readonly Task[], today: string): Timeline | null {
  const dated = tasks.filter(({ start, due }) => start !== '' || due !== '');
  if (dated.length === 0) return null;
  const days = dated.flatMap(({ start, due }) => [start, due]).filter((day) => day !== '');
  const sorted = [...days, today].sort();
  const first = monthStart(sorted[0] ?? today);
  const last = nextMonth(sorted.at(-1) ?? today);
  const [origin, end] = [dayNumber(first), dayNumber(last)];
  const width = end - origin;
  const bars = dated
    .map((task) => {
      const from = dayNumber(task.start || task.due);
      const to = Math.max(from, dayNumber(task.due || task.start));
      return { task, start: (from - origin) / width, length: (to - from + 1) / width };
    })
    .sort((a, b) => a.start - b.start || a.task.number - b.task.number);
  const months = [];
  for (let month = first; month < last; month = nextMonth(month)) months.push({ day: month, at: (dayNumber(month) - origin) / width });
  return {
    from: first,
    to: isoOf(end - 1),
    days: width,
    bars,
    undated: tasks.filter(({ start, due }) => start === '' && due === ''),
    months,
    today: (dayNumber(today) - origin + 0.5) / width,
  };
}

function dayNumber(day: string): DayNumber {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
}

function isoOf(day: DayNumber): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function monthStart(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

function nextMonth(day: string): string {
  const [year = 1970, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}
