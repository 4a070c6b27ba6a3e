import type { ReportFinding } from '../../../../../shared/domain/report-model.ts';
import type { Context } from '../context.ts';
import type { Flow } from '../flow.ts';
import { levelColours } from '../marks.ts';
import { type Bookmark, type Node, node } from '../page.ts';
import { colours, styles } from '../theme.ts';
import { dayInWords } from '../words.ts';
import { chapter, type Entry, entries, naming, prose, span, tinted } from './pieces.ts';

const inset = 14;

/** Each finding in the parts of audit practice, with a rule in the colour of its rating beside it. */
export function layOutFindings(flow: Flow, context: Context, parent: Node): Bookmark {
  const { model, messages } = context;
  const bookmark = chapter(flow, messages.findings.title, parent);
  if (model.findings.length === 0) prose(flow, messages.findings.none, parent);
  for (const finding of model.findings) {
    flow.need(120);
    flow.withRail(levelColours[finding.level], () => {
      bookmark.children.push(layOutFinding(flow, context, finding, node('Sect', parent)));
    });
    flow.space(20);
  }
  return bookmark;
}

function layOutFinding(flow: Flow, context: Context, finding: ReportFinding, parent: Node): Bookmark {
  const { messages } = context;
  const words = messages.findings;
  const title = `${finding.label} ${finding.title}`;
  const bookmark: Bookmark = { title, page: flow.page, y: flow.y, children: [] };
  const rating = words.ratingText(messages.levels[finding.level], finding.likelihood, finding.impact);
  const ratingNode = node('P', parent);
  flow.textAt(
    rating,
    tinted({ ...styles.bodyBold, leading: styles.heading3.leading }, levelColours[finding.level]),
    flow.left + flow.width,
    flow.y,
    ratingNode,
    'right',
  );
  flow.paragraph([span(title, styles.heading3)], node('H2', parent), { x: flow.left + inset, width: flow.width - inset - 90 });
  flow.space(5);
  entries(flow, rows(context, finding), parent, { x: flow.left + inset, labelWidth: 92, spacing: 4 });
  return bookmark;
}

function rows({ messages }: Context, finding: ReportFinding): Entry[] {
  const words = messages.findings;
  const entry = (label: string, text: string, name = ''): Entry => ({
    label,
    spans: text.trim() === '' ? [span(messages.notStated, styles.quiet)] : naming(text, name, styles.small),
  });
  const responsible = [finding.owner, dayInWords(finding.due, messages)].filter((part) => part !== '').join(', ');
  return [
    entry(words.condition, finding.condition),
    entry(words.criteria, finding.criteria),
    entry(words.cause, finding.cause),
    entry(words.effect, finding.effect),
    entry(words.recommendation, finding.recommendation),
    entry(words.response, finding.response),
    entry(words.responsible, responsible, finding.owner),
    entry(words.state, messages.findingStates[finding.state]),
    ...(finding.citations.length > 0
      ? [{ label: words.controls, spans: [span(finding.citations.join(', '), tinted(styles.mono, colours.inkSecond))] }]
      : []),
    ...(finding.evidence.length > 0
      ? [{ label: words.evidence, spans: [span(finding.evidence.join(', '), tinted(styles.mono, colours.inkSecond))] }]
      : []),
  ];
}
