import { describe, expect, test } from 'vitest';
import type { FindingFilter } from '../../../renderer/findings/filter.ts';
import { cellKey, countCells, filterFindings, noFilter } from '../../../renderer/findings/filter.ts';
import { boardColumn, filterTasks, noTaskFilter, possibleDependencies } from '../../../renderer/plan/filter.ts';
import { layOutTimeline } from '../../../renderer/plan/timeline-scale.ts';
import type { TaskId } from '../../../shared/domain/ids.ts';
import { finding, task } from './fixtures.ts';

const numbers = (list: readonly { number: number }[]) => list.map(({ number }) => number);

describe('the register of findings', () => {
  const findings = [
    finding(1, { likelihood: 2, impact: 3, title: 'Open doors' }),
    finding(2, { likelihood: 5, impact: 4, owner: 'Facilities', state: 'accepted' }),
    finding(3, { likelihood: 3, impact: 2, controls: [{ packId: 'pack', controlId: 'one' }] }),
  ];
  const shown = (change: Partial<FindingFilter>) => numbers(filterFindings(findings, { ...noFilter, ...change }));

  test('lists the most serious first, equal ones by number', () => {
    expect(shown({})).toEqual([2, 1, 3]);
  });

  test('narrows by words, state, cell of the matrix and control', () => {
    expect(shown({ text: 'doors OPEN' })).toEqual([1]);
    expect(shown({ text: 'f-02' })).toEqual([2]);
    expect(shown({ text: 'facilities' })).toEqual([2]);
    expect(shown({ state: 'open' })).toEqual([1, 3]);
    expect(shown({ cell: { likelihood: 3, impact: 2 } })).toEqual([3]);
    expect(shown({ control: 'pack/one' })).toEqual([3]);
    expect(shown({ control: 'pack/one', state: 'closed' })).toEqual([]);
  });

  test('counts the cells of the matrix', () => {
    const counts = countCells([...findings, finding(4, { likelihood: 5, impact: 4 })]);
    expect(counts.get(cellKey({ likelihood: 5, impact: 4 }))).toBe(2);
    expect(counts.get('4x5')).toBeUndefined();
  });
});

describe('the list of tasks', () => {
  test('has unfinished ones first by due day, undated ones after them, finished ones last', () => {
    const tasks = [
      task(1, { progress: 100, due: '2026-01-01' }),
      task(2),
      task(3, { due: '2026-05-01' }),
      task(4, { due: '2026-04-01' }),
      task(5, { due: '2026-04-01' }),
    ];
    expect(numbers(filterTasks(tasks, noTaskFilter, '2026-03-01'))).toEqual([4, 5, 3, 2, 1]);
  });

  test('narrows by words and to what is overdue; due today is not overdue', () => {
    const tasks = [
      task(1, { title: 'Change the locks', owner: 'Facilities', due: '2026-02-28' }),
      task(2, { due: '2026-03-01' }),
      task(3, { due: '2026-02-01', progress: 100 }),
    ];
    expect(numbers(filterTasks(tasks, { ...noTaskFilter, text: 'facilities LOCKS' }, '2026-03-01'))).toEqual([1]);
    expect(numbers(filterTasks(tasks, { ...noTaskFilter, overdue: true }, '2026-03-01'))).toEqual([1]);
  });

  test('a task stands on the board where its progress puts it', () => {
    expect([0, 1, 99, 100].map((progress) => boardColumn({ progress }))).toEqual(['to-do', 'in-progress', 'in-progress', 'done']);
  });

  test('a task can wait for any other that does not wait for it, directly or not', () => {
    const id = (number: number) => `task-${number}` as TaskId;
    const tasks = [task(1), task(2, { dependsOn: [id(1)] }), task(3, { dependsOn: [id(2)] }), task(4)];
    expect(numbers(possibleDependencies(tasks[0] ?? task(1), tasks))).toEqual([4]);
    expect(numbers(possibleDependencies(tasks[2] ?? task(3), tasks))).toEqual([1, 2, 4]);
  });

  test('tasks that already wait for each other in a circle are no endless walk', () => {
    const id = (number: number) => `task-${number}` as TaskId;
    const tasks = [task(1), task(2, { dependsOn: [id(3)] }), task(3, { dependsOn: [id(2), id(9)] })];
    expect(numbers(possibleDependencies(tasks[0] ?? task(1), tasks))).toEqual([2, 3]);
  });
});

describe('the timeline', () => {
  test('is not drawn when no task has a day', () => {
    expect(layOutTimeline([task(1)], '2026-03-10')).toBeNull();
    expect(layOutTimeline([], '2026-03-10')).toBeNull();
  });

  test('spans whole months that hold every day and today', () => {
    const timeline = layOutTimeline([task(1, { start: '2026-04-10', due: '2026-05-20' }), task(2)], '2026-03-10');
    expect(timeline).toMatchObject({ from: '2026-03-01', to: '2026-05-31', days: 92 });
    expect(timeline?.months.map(({ day }) => day)).toEqual(['2026-03-01', '2026-04-01', '2026-05-01']);
    expect(numbers(timeline?.undated ?? [])).toEqual([2]);
    expect(timeline?.today).toBeCloseTo(9.5 / 92);
  });

  test('goes on over the end of a year', () => {
    const timeline = layOutTimeline([task(1, { due: '2027-01-15' })], '2026-12-31');
    expect(timeline).toMatchObject({ from: '2026-12-01', to: '2027-01-31', days: 62 });
    expect(timeline?.months.map(({ day, at }) => [day, at])).toEqual([
      ['2026-12-01', 0],
      ['2027-01-01', 31 / 62],
    ]);
  });

  test('draws a bar from the first to the last day, both included, earliest first', () => {
    const tasks = [task(1, { start: '2026-03-11', due: '2026-03-12' }), task(2, { start: '2026-03-02' }), task(3, { due: '2026-03-02' })];
    const bars = layOutTimeline(tasks, '2026-03-10')?.bars ?? [];
    expect(bars.map(({ task: { number }, start, length }) => [number, Math.round(start * 31), Math.round(length * 31)])).toEqual([
      [2, 1, 1],
      [3, 1, 1],
      [1, 10, 2],
    ]);
  });

  test('keeps every bar inside, also one that is due before it starts', () => {
    const bars = layOutTimeline([task(1, { start: '2026-03-31', due: '2026-03-01' })], '2026-03-10')?.bars ?? [];
    expect(bars[0]?.length).toBeCloseTo(1 / 31);
    expect((bars[0]?.start ?? 0) + (bars[0]?.length ?? 0)).toBeCloseTo(1);
  });
});
