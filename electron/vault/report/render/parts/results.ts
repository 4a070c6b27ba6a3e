import type { QuestionValue } from '../../../../../shared/domain/answer.ts';
import type { ReportControl, ReportSection } from '../../../../../shared/domain/report-model.ts';
import type { Context } from '../context.ts';
import type { Flow } from '../flow.ts';
import { levelColours, verdictBar, verdictMark, warningMark } from '../marks.ts';
import { type Bookmark, type Node, node } from '../page.ts';
import { type Cell, cell, table } from '../table.ts';
import { colours, styles } from '../theme.ts';
import { capitalised, shortDay, shortHash } from '../words.ts';
import { chapter, type Entry, entries, naming, prose, span, tinted } from './pieces.ts';

/** Every control of the audit: verdict, why, how it was found out, and on which evidence. */
export function layOutResults(flow: Flow, context: Context, parent: Node): Bookmark {
  const { model, messages } = context;
  const bookmark = chapter(flow, messages.results.title, parent);
  prose(flow, messages.results.intro, parent);
  flow.space(12);
  for (const [index, section] of model.sections.entries()) {
    if (index > 0) flow.space(26);
    bookmark.children.push(layOutSection(flow, context, section, node('Sect', parent)));
  }
  return bookmark;
}

function layOutSection(flow: Flow, context: Context, section: ReportSection, parent: Node): Bookmark {
  flow.need(150);
  flow.rule(colours.accent, 1.6, flow.left, 36);
  flow.y += 9;
  flow.paragraph([span(section.packTitle.toUpperCase(), styles.label)], node('P', parent), { width: flow.width - 90 });
  flow.textAt(
    context.messages.controls(section.controls.length),
    styles.quiet,
    flow.left + flow.width,
    flow.y + 3,
    node('P', parent),
    'right',
  );
  flow.y += 1;
  const bookmark = flow.heading(2, section.title, styles.heading2, parent, 90);
  flow.y += 3;
  verdictBar(flow, section.counts, flow.left, flow.y, flow.width, 4, null);
  flow.y += 4;
  for (const control of section.controls) {
    flow.space(18);
    bookmark.children.push(layOutControl(flow, context, control, node('Sect', parent)));
  }
  return bookmark;
}

function layOutControl(flow: Flow, context: Context, control: ReportControl, parent: Node): Bookmark {
  const { messages } = context;
  flow.need(96);
  const reference = [control.citations.join(', '), messages.requirements[control.requirement]].filter((part) => part !== '').join(' · ');
  flow.paragraph([span(reference, tinted(styles.mono, colours.inkThird))], node('P', parent));
  const bookmark = flow.heading(3, control.title, styles.heading3, parent, 40);
  flow.space(3);
  verdictLine(flow, context, control, parent);
  flow.space(4);
  if (control.objective !== '') prose(flow, control.objective, parent, styles.quiet);
  if (control.statementAlone) flag(flow, messages.results.statementAlone, parent);
  if (control.rationale.trim() !== '') prose(flow, control.rationale, parent);
  const facts = factsOf(context, control);
  if (facts.length > 0) {
    flow.space(2);
    entries(flow, facts, parent, { labelWidth: 96, spacing: 2 });
  }
  if (control.questions.length > 0) questions(flow, context, control, parent);
  if (control.evidence.length > 0) evidence(flow, context, control, parent);
  if (control.findings.length > 0) findings(flow, context, control, parent);
  return { ...bookmark, title: [control.citations[0], control.title].filter(Boolean).join(' ') };
}

function verdictLine(flow: Flow, { messages }: Context, control: ReportControl, parent: Node): void {
  const parts = [
    control.methods.map((method) => messages.methods[method]).join(', '),
    control.answeredBy === '' ? '' : messages.results.by(control.answeredBy, shortDay(control.answeredAt, messages)),
    messages.workStatuses[control.workStatus],
  ];
  const indent = 14;
  verdictMark(flow, control.verdict, flow.left, flow.y + 2, 9.4);
  flow.paragraph(
    [
      span(`${messages.verdicts[control.verdict]}  `, styles.bodyBold),
      ...naming(parts.filter((part) => part !== '').join(' · '), control.answeredBy, { ...styles.quiet, leading: styles.body.leading }),
    ],
    node('P', parent),
    { x: flow.left + indent, width: flow.width - indent },
  );
}

function flag(flow: Flow, text: string, parent: Node): void {
  flow.need(styles.small.leading);
  warningMark(flow, flow.left, flow.y + 1.6, 8.6);
  flow.paragraph([span(text, tinted(styles.smallBold, colours.partial))], node('P', parent), { x: flow.left + 14, width: flow.width - 14 });
  flow.space(4);
}

function factsOf({ messages }: Context, control: ReportControl): Entry[] {
  const words = messages.results;
  const sample = words.sampleText(control.sample);
  const entry = (label: string, text: string): Entry[] => (text === '' ? [] : [{ label, spans: [span(text, styles.small)] }]);
  return [
    ...entry(words.decision, control.addressableDecision === null ? '' : messages.decisions[control.addressableDecision]),
    ...entry(
      words.carried,
      control.carriedFrom === undefined ? '' : words.carriedText(control.carriedFrom.citation, control.carriedFrom.inSync),
    ),
    ...entry(words.interviewed, control.interviewed.join(', ')),
    ...entry(words.sample, sample),
  ];
}

const valueColours: Readonly<Record<QuestionValue, string>> = {
  yes: colours.compliant,
  no: colours.nonCompliant,
  partial: colours.partial,
  'not-applicable': colours.grey,
};

function questions(flow: Flow, { messages }: Context, control: ReportControl, parent: Node): void {
  const words = messages.results;
  flow.space(8);
  table(
    flow,
    [
      { title: '', width: 12 },
      { title: words.question, width: 1, flexible: true },
      { title: words.answer, width: 44 },
    ],
    control.questions.map((question, index) => [
      cell(span(String(index + 1), styles.quiet)),
      cell(
        span(question.text, styles.small),
        ...(question.note === '' ? [] : [span(`\n${question.note}`, tinted(styles.small, colours.inkThird))]),
      ),
      question.value === null
        ? cell(span(words.unanswered, styles.quiet))
        : cell(span(messages.questionValues[question.value], tinted(styles.smallBold, valueColours[question.value]))),
    ]),
    parent,
  );
}

/** Pieces that are listed at one control. */
const mostEvidence = 100;

function evidence(flow: Flow, { messages, evidenceByLabel }: Context, control: ReportControl, parent: Node): void {
  const words = messages.results;
  flow.space(10);
  table(
    flow,
    [
      { title: words.evidence, width: 46 },
      { title: words.item, width: 1, flexible: true },
      { title: words.hash, width: 112 },
    ],
    control.evidence.slice(0, mostEvidence).map((label): Cell[] => {
      const item = evidenceByLabel.get(label);
      return [
        cell(span(label, styles.mono)),
        cell(span(item ? item.title || item.originalName : words.missingEvidence, item ? styles.small : styles.quiet)),
        cell(span(item ? shortHash(item.sha256) : '', styles.hash)),
      ];
    }),
    parent,
  );
  const more = control.evidence.length - mostEvidence;
  if (more <= 0) return;
  flow.space(4);
  flow.paragraph([span(words.moreEvidence(more), styles.quiet)], node('P', parent));
}

function findings(flow: Flow, { messages, findingByLabel }: Context, control: ReportControl, parent: Node): void {
  flow.space(8);
  for (const label of control.findings) {
    const finding = findingByLabel.get(label);
    const rating = finding ? messages.findings.ratingText(messages.levels[finding.level], finding.likelihood, finding.impact) : '';
    flow.paragraph(
      [
        span(`${capitalised(messages.findings.finding)} ${label} `, styles.smallBold),
        span(finding ? `${finding.title}  ` : '', styles.small),
        span(rating, tinted(styles.small, finding ? levelColours[finding.level] : colours.inkThird)),
      ],
      node('P', parent),
    );
    flow.space(2);
  }
}
