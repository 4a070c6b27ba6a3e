import type { ReportTask } from '../../../../../shared/domain/report-model.ts';
import type { Context } from '../context.ts';
import type { Flow } from '../flow.ts';
import type { Bookmark, Node } from '../page.ts';
import { type Cell, cell, table } from '../table.ts';
import { colours, styles } from '../theme.ts';
import { shortDay } from '../words.ts';
import { chapter, prose, span, subheading, tinted } from './pieces.ts';

/** The corrective work, phase by phase. */
export function layOutPlan(flow: Flow, context: Context, parent: Node): Bookmark {
  const { model, messages } = context;
  const words = messages.plan;
  const bookmark = chapter(flow, words.title, parent);
  if (model.tasks.length === 0) prose(flow, words.none, parent);
  const phases = new Map<string, ReportTask[]>();
  for (const task of model.tasks) phases.set(task.phase, [...(phases.get(task.phase) ?? []), task]);
  for (const [phase, tasks] of phases) {
    subheading(flow, phase || words.noPhase, parent, 70);
    table(
      flow,
      [
        { title: words.number, width: 20 },
        { title: words.task, width: 1, flexible: true },
        { title: words.owner, width: 74 },
        { title: words.start, width: 54 },
        { title: words.due, width: 54 },
        { title: words.priority, width: 42 },
        { title: words.progress, width: 28 },
      ],
      tasks.map((task) => row(context, task)),
      parent,
    );
  }
  return bookmark;
}

function row({ messages }: Context, task: ReportTask): Cell[] {
  const words = messages.plan;
  const notes = [
    task.finding === '' ? '' : `${words.finding} ${task.finding}`,
    task.successCriteria === '' ? '' : `${words.success}: ${task.successCriteria}`,
  ];
  const note = notes.filter((part) => part !== '').join('. ');
  return [
    cell(span(String(task.number), styles.quiet)),
    cell(span(task.title, styles.smallBold), ...(note === '' ? [] : [span(`\n${note}`, tinted(styles.small, colours.inkSecond))])),
    cell(span(task.owner, styles.small)),
    cell(span(shortDay(task.start, messages), styles.small)),
    task.overdue
      ? cell(span(`${shortDay(task.due, messages)}\n${words.overdue}`, tinted(styles.smallBold, colours.nonCompliant)))
      : cell(span(shortDay(task.due, messages), styles.small)),
    cell(span(messages.priorities[task.priority], styles.small)),
    cell(span(`${task.progress} %`, styles.small)),
  ];
}
