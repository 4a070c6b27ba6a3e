import type { Context } from '../context.ts';
import type { Flow } from '../flow.ts';
import { breakLines } from '../lines.ts';
import { type Node, node } from '../page.ts';
import { colours, styles } from '../theme.ts';
import { dayInWords, momentInWords } from '../words.ts';
import { type Entry, entries, span, tinted } from './pieces.ts';

/** A rectangle on a page, in points from the top left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const valueColumn = 300;
/** Lines of one value on the cover; what is longer goes on in the scope chapter, and the cover says so. */
const longestValue = 4;

/** The first page: who was audited against what, and who signs for it. Returns where the signature block stands. */
export function layOutCover(flow: Flow, context: Context, parent: Node): Box {
  const { model, messages } = context;
  flow.startPage();
  flow.draw({ kind: 'rectangle', x: flow.left, y: 58, width: 72, height: 4, colour: colours.accent, node: null });
  flow.y = 186;
  shortened(
    flow,
    context,
    model.packs
      .map((pack) => pack.title)
      .join(' · ')
      .toUpperCase(),
    styles.label,
    flow.width,
    2,
    node('P', parent),
  );
  flow.y += 12;
  shortened(flow, context, model.audit.title || messages.documentTitle, styles.display, flow.width, 3, node('H1', parent));
  flow.y += 3;
  shortened(flow, context, model.audit.organisation, styles.subtitle, flow.width, 2, node('P', parent));
  flow.y = Math.max(flow.y + 36, 346);
  entries(flow, facts(flow, context), parent, {
    labelWidth: 108,
    width: valueColumn,
    spacing: 5,
    labelStyle: tinted(styles.body, colours.inkSecond),
  });
  return signatureBlock(flow, context, parent);
}

function facts(flow: Flow, context: Context): Entry[] {
  const { model, messages } = context;
  const { audit } = model;
  const words = messages.cover;
  const value = (label: string, text: string): Entry => ({
    label,
    spans: [span(fitted(flow, context, text || messages.notStated, styles.body, valueColumn, longestValue), styles.body)],
  });
  return [
    value(words.period, periodInWords(context)),
    value(words.scope, audit.scope),
    ...(audit.sites.length > 0 ? [value(words.sites, audit.sites.join(', '))] : []),
    ...(audit.systems.length > 0 ? [value(words.systems, audit.systems.join(', '))] : []),
    value(words.checklists, model.packs.map((pack) => words.checklist(pack.title, pack.version, pack.controls)).join('\n')),
    ...(model.score === null ? [] : [value(words.readiness, words.readinessOf(model.score))]),
    value(words.number, `${model.number}`),
    value(words.revision, `${model.revision}, ${model.draft ? messages.draftWord : messages.finalWord}`),
  ];
}

export function periodInWords({ model, messages }: Context): string {
  const { periodFrom, periodTo } = model.audit;
  if (periodFrom === '' && periodTo === '') return messages.notStated;
  return messages.cover.periodFromTo(dayInWords(periodFrom, messages), dayInWords(periodTo, messages));
}

function signatureBlock(flow: Flow, context: Context, parent: Node): Box {
  const { model, messages } = context;
  const words = messages.cover;
  const height = 86;
  const top = flow.height - 74 - 34 - height;
  if (flow.y > top - 24) flow.startPage();
  flow.textAt((model.draft ? words.preparedBy : words.signedBy).toUpperCase(), styles.label, flow.left, top - 17, node('P', parent));
  const box: Box = { x: flow.left, y: top, width: flow.width, height };
  flow.draw({
    kind: 'shape',
    x: box.x,
    y: box.y,
    path: roundedRectangle(box.width, box.height, 4),
    stroke: colours.line,
    lineWidth: 0.8,
    node: null,
  });
  const inside = flow.left + 14;
  const room = flow.width - 28;
  const role = model.signer.role === '' ? '' : `, ${model.signer.role}`;
  const name = node('P', parent);
  const [line] = breakLines(flow.fonts, [span(model.signer.name, styles.bodyBold), span(role, styles.body)], room);
  flow.drawLine(line, inside, top + 13, styles.body.leading, name);
  flow.textAt(momentInWords(model.createdAt, messages), tinted(styles.body, colours.inkSecond), inside, top + 28, node('P', parent));
  const fingerprint = node('P', parent);
  flow.textAt(words.certificate, styles.hash, inside, top + 50, fingerprint);
  for (const [index, half] of halves(model.signer.fingerprint).entries()) {
    flow.textAt(half, styles.hash, inside + 88, top + 50 + index * 10.5, fingerprint);
  }
  return box;
}

/** A fingerprint in two lines of sixteen pairs. */
function halves(fingerprint: string): string[] {
  return fingerprint.length > 48 ? [fingerprint.slice(0, 48), fingerprint.slice(48)] : [fingerprint];
}

function shortened(
  flow: Flow,
  context: Context,
  text: string,
  style: typeof styles.body,
  width: number,
  lines: number,
  target: Node,
): void {
  flow.paragraph([span(fitted(flow, context, text, style, width, lines), style)], target, { width });
}

/** The text, or as much of it as stands on `count` lines with a pointer to the place that has all of it. */
function fitted(flow: Flow, { messages }: Context, text: string, style: typeof styles.body, width: number, count: number): string {
  const lines = flow.breakLines([span(text, style)], width);
  if (lines.length <= count) return text;
  const kept = lines.slice(0, count - 1).map((line) => line.text);
  return `${kept.join(' ').trimEnd()} …\n${messages.continuedOn(messages.scope.title)}`;
}

function roundedRectangle(width: number, height: number, radius: number): string {
  const arc = (toX: number, toY: number) => `A ${radius} ${radius} 0 0 1 ${toX} ${toY}`;
  return [
    `M ${radius} 0 L ${width - radius} 0 ${arc(width, radius)}`,
    `L ${width} ${height - radius} ${arc(width - radius, height)}`,
    `L ${radius} ${height} ${arc(0, height - radius)} L 0 ${radius} ${arc(radius, 0)} Z`,
  ].join(' ');
}
