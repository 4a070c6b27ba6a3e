import type { VerdictCounts } from '../../../../../shared/domain/audit.ts';
import type { Context } from '../context.ts';
import type { Flow } from '../flow.ts';
import { barOrder, levelColours, verdictBar, verdictMark } from '../marks.ts';
import { type Bookmark, type Node, node } from '../page.ts';
import { cell, table } from '../table.ts';
import { colours, styles, textColumn } from '../theme.ts';
import { shortDay } from '../words.ts';
import { chapter, span, subheading, tinted } from './pieces.ts';

const chartLeft = 164;
const mostFindings = 6;

/** Everything a reader with one minute needs, on exactly one page. What does not fit is told in full in the next chapter. */
export function layOutSummary(flow: Flow, context: Context, parent: Node): Bookmark {
  const { model, messages } = context;
  const words = messages.summary;
  const bookmark = chapter(flow, words.title, parent);
  if (model.audit.summary.trim() !== '') {
    excerpt(flow, context, model.audit.summary, words.full, 7, parent);
    flow.y += 12;
  }
  const top = flow.y;
  readiness(flow, context, top, parent);
  flow.y = Math.max(top + 84, verdictChart(flow, context, top, parent));
  matters(flow, context, parent);
  subheading(flow, words.work, parent);
  excerpt(flow, context, workDone(context), words.work, 6, parent);
  subheading(flow, words.limits, parent);
  excerpt(flow, context, model.audit.limits.trim() || words.noLimits, messages.scope.limits, 5, parent);
  return bookmark;
}

/** Whether a text is too long for the summary page and must be told elsewhere. */
export function isExcerpted(flow: Flow, text: string, lines: number): boolean {
  return flow.breakLines([span(oneParagraph(text), styles.body)], textColumn).length > lines;
}

function excerpt(flow: Flow, { messages }: Context, text: string, place: string, count: number, parent: Node): void {
  const width = textColumn;
  const lines = flow.breakLines([span(oneParagraph(text), styles.body)], width);
  if (lines.length <= count) {
    flow.lines(lines, styles.body.leading, node('P', parent), flow.left, lines.length);
    return;
  }
  const note = flow.breakLines([span(`… ${messages.continuedOn(place)}`, tinted(styles.body, colours.inkThird))], width);
  flow.lines([...lines.slice(0, count - 1), ...note.slice(0, 1)], styles.body.leading, node('P', parent), flow.left, count);
}

function oneParagraph(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ');
}

function readiness(flow: Flow, { model, messages }: Context, top: number, parent: Node): void {
  const words = messages.summary;
  flow.textAt(words.readiness.toUpperCase(), styles.label, flow.left, top, node('P', parent));
  const target = node('P', parent);
  if (model.score === null) {
    flow.textAt(words.nothingApplies, styles.heading2, flow.left, top + 16, target);
    return;
  }
  flow.textAt(String(model.score), styles.number, flow.left - 2, top + 12, target);
  const lines = flow.breakLines([span(words.readinessNote, styles.quiet)], 140);
  for (const [index, line] of lines.entries()) flow.drawLine(line, flow.left, top + 64 + index * 11.5, 11.5, target);
}

interface Bar {
  readonly title: string;
  readonly counts: VerdictCounts;
}

/** The stacked bars with their legend, one figure with a text alternative. Returns the y below it. */
function verdictChart(flow: Flow, context: Context, top: number, parent: Node): number {
  const { model, messages } = context;
  const words = messages.summary;
  const { bars, title, more } = chooseBars(context);
  const countsInWords = (counts: VerdictCounts) =>
    barOrder
      .filter((verdict) => counts[verdict] > 0)
      .map((verdict) => `${messages.verdicts[verdict]} ${counts[verdict]}`)
      .join(', ');
  const alternative = bars.map((bar) => `${bar.title}: ${countsInWords(bar.counts)}`).join('; ');
  const left = flow.left + chartLeft;
  flow.textAt(title.toUpperCase(), styles.label, left, top, node('P', parent));
  const figure = node('Figure', parent, { alternative });
  const pitch = bars.length <= 8 ? 17 : bars.length <= 12 ? 14 : 12;
  const style = pitch < 14 ? { ...styles.footer, colour: colours.ink } : styles.small;
  const labelWidth = 132;
  const barWidth = flow.width - chartLeft - labelWidth - 30;
  let y = top + 15;
  for (const bar of bars) {
    const [line] = flow.breakLines([span(ellipsis(flow, bar.title, style, labelWidth - 8), style)], labelWidth);
    flow.drawLine(line, left, y - 1, style.leading, figure);
    verdictBar(flow, bar.counts, left + labelWidth, y + 1.2, barWidth, 7.4, figure);
    flow.textAt(String(sum(bar.counts)), style, flow.left + flow.width, y - 1, figure, 'right');
    y += pitch;
  }
  if (more > 0) {
    flow.textAt(words.moreSections(more), styles.quiet, left, y - 1, figure);
    y += pitch;
  }
  return legend(flow, context, model.counts, left, y + 5, parent);
}

function legend(flow: Flow, { messages }: Context, counts: VerdictCounts, left: number, top: number, parent: Node): number {
  const target = node('P', parent);
  let x = left;
  let y = top;
  for (const verdict of barOrder) {
    if (counts[verdict] === 0) continue;
    const text = `${messages.verdicts[verdict]} ${counts[verdict]}`;
    const style = { ...styles.footer, colour: colours.inkSecond };
    const [line] = flow.breakLines([span(text, style)], 400);
    const width = 12 + line.width;
    if (x > left && x + width > flow.left + flow.width) {
      x = left;
      y += 13;
    }
    verdictMark(flow, verdict, x, y + 1.2, 7.6);
    flow.drawLine(line, x + 11, y, style.leading, target);
    x += width + 11;
  }
  return y + 14;
}

/** Sections as bars; where they are too many for a page, checklists; where even those are, the first of them. */
function chooseBars({ model, messages }: Context): { bars: Bar[]; title: string; more: number } {
  const words = messages.summary;
  if (model.sections.length <= 16) return { bars: [...model.sections], title: words.bySection, more: 0 };
  const packs = model.packs.map((pack) => ({
    title: pack.title,
    counts: model.sections
      .filter((section) => section.packId === pack.id)
      .reduce((total, section) => add(total, section.counts), emptyCounts),
  }));
  return { bars: packs.slice(0, 15), title: words.byChecklist, more: Math.max(0, packs.length - 15) };
}

const emptyCounts: VerdictCounts = {
  'not-assessed': 0,
  compliant: 0,
  'partially-compliant': 0,
  'non-compliant': 0,
  'not-applicable': 0,
};

function add(a: VerdictCounts, b: VerdictCounts): VerdictCounts {
  return {
    'not-assessed': a['not-assessed'] + b['not-assessed'],
    compliant: a.compliant + b.compliant,
    'partially-compliant': a['partially-compliant'] + b['partially-compliant'],
    'non-compliant': a['non-compliant'] + b['non-compliant'],
    'not-applicable': a['not-applicable'] + b['not-applicable'],
  };
}

function sum(counts: VerdictCounts): number {
  return barOrder.reduce((total, verdict) => total + counts[verdict], 0);
}

/** One line of a title; the whole title is in the results. */
function ellipsis(flow: Flow, text: string, style: typeof styles.small, width: number): string {
  const lines = flow.breakLines([span(text, style)], width);
  const first = lines[0].text;
  return lines.length > 1 ? `${first.trimEnd()} …` : first;
}

function matters(flow: Flow, context: Context, parent: Node): void {
  const { model, messages } = context;
  const words = messages.findings;
  subheading(flow, messages.summary.matters, parent);
  const ranked = [...model.findings]
    .filter((finding) => finding.state !== 'closed')
    .sort((a, b) => b.likelihood * b.impact - a.likelihood * a.impact || (a.label < b.label ? -1 : 1));
  if (ranked.length === 0) {
    flow.paragraph([span(messages.summary.noFindings, styles.body)], node('P', parent));
    return;
  }
  const columns = [
    { title: words.finding, width: 1, flexible: true },
    { title: words.rating, width: 66 },
    { title: words.owner, width: 88 },
    { title: words.due, width: 58 },
  ];
  const top = ranked.slice(0, mostFindings);
  const rows = top.map((finding) => [
    cell(span(`${finding.label} `, styles.smallBold), span(ellipsis(flow, finding.title, styles.small, 205), styles.small)),
    cell(
      span(
        words.ratingText(messages.levels[finding.level], finding.likelihood, finding.impact),
        tinted(styles.small, levelColours[finding.level]),
      ),
    ),
    cell(span(ellipsis(flow, finding.owner, styles.small, 76), styles.small)),
    cell(span(shortDay(finding.due, messages), styles.small)),
  ]);
  table(flow, columns, rows, parent);
  if (ranked.length > top.length) {
    flow.y += 4;
    flow.paragraph([span(messages.summary.moreFindings(ranked.length - top.length), styles.quiet)], node('P', parent));
  }
}

function workDone({ model, messages, controls }: Context): string {
  const words = messages.summary;
  const assessed = controls.filter((control) => control.verdict !== 'not-assessed');
  const by = (method: 'examine' | 'interview' | 'test') => controls.filter((control) => control.methods.includes(method)).length;
  const alone = controls.filter((control) => control.statementAlone).length;
  const text = words.workDone({
    evidence: model.evidence.length,
    interviews: new Set(controls.flatMap((control) => control.interviewed)).size,
    samples: controls.filter((control) => control.sample.size !== null).length,
    examined: by('examine'),
    interviewed: by('interview'),
    tested: by('test'),
    assessed: assessed.length,
    controls: controls.length,
  });
  return alone === 0 ? text : `${text} ${words.statementAlone(alone)}`;
}
