import { type CustodyDocument, type CustodyRecord, detailInWords, tellsHash } from '../../../../shared/domain/custody.ts';
import type { CustodyEvent, HandOver } from '../../../../shared/domain/evidence.ts';
import { custodyWords as words } from '../messages/custody-en.ts';
import { messagesFor } from '../messages/en.ts';
import { Flow } from './flow.ts';
import type { FontSet } from './fonts.ts';
import type { Span } from './lines.ts';
import { type Bookmark, type Node, node } from './page.ts';
import type { Printed } from './paint.ts';
import { type Entry, entries, fileName, naming, prose, span, subheading, tinted } from './parts/pieces.ts';
import { type Cell, cell, table } from './table.ts';
import { colours, paperSizes, styles, textColumn } from './theme.ts';
import { momentInWords } from './words.ts';

/** The printed custody form: what a piece is, what happened to it, and room to sign for what happens next. */

const quiet = tinted(styles.small, colours.inkSecond);
const messages = messagesFor('en');

/** Lays out a form for each record, each on pages of its own. */
export function layOutCustody(source: CustodyDocument, fonts: FontSet): Printed {
  const root = node('Document', null, { title: words.title });
  const { sequence, hash } = source.trail;
  const flow = new Flow(fonts, paperSizes.a4, words.none);
  const bookmarks = source.records.map((record) => {
    flow.footer = words.foot(record.label, sequence, hash);
    return form(flow, source, record, node('Sect', root));
  });
  if (source.records.length === 0) {
    flow.footer = words.foot('', sequence, hash);
    flow.startPage();
    prose(flow, words.none, node('Sect', root));
  }
  const [only] = source.records.length === 1 ? source.records : [];
  return {
    pages: flow.pages,
    root,
    bookmarks,
    paper: 'a4',
    language: 'en',
    title: [words.title, source.organisation, only?.label ?? source.audit].filter(Boolean).join(' · '),
    author: source.printedBy,
    subject: source.audit,
    creator: messages.creator,
    createdAt: source.printedAt,
    properties: {},
    watermark: null,
    footRight: (page, of) => messages.pageOf(page, of),
    attachment: null,
  };
}

function form(flow: Flow, source: CustodyDocument, record: CustodyRecord, parent: Node): Bookmark {
  flow.startPage();
  flow.draw({ kind: 'rectangle', x: flow.left, y: flow.y, width: 48, height: 3, colour: colours.accent, node: null });
  flow.y += 14;
  flow.textAt(words.title.toUpperCase(), styles.label, flow.left, flow.y, node('P', parent));
  flow.y += 14;
  const bookmark = flow.heading(1, [record.label, record.title].filter(Boolean).join('  '), styles.heading1, parent, 60);
  flow.space(2);
  flow.paragraph([span([source.organisation, source.audit].filter(Boolean).join(', '), quiet)], node('P', parent));
  flow.space(10);
  entries(flow, facts(record), parent, { labelWidth: 108, spacing: 3 });
  subheading(flow, words.ledger, parent, 60);
  prose(flow, checkInWords(record), parent, quiet);
  if (record.events.length === 0) prose(flow, words.nothing, parent, styles.small);
  else table(flow, ledgerColumns, record.events.map(ledgerRow), parent);
  handOverLines(flow, parent);
  flow.space(closingGap);
  const printed = words.printed(source.printedBy, momentInWords(source.printedAt, messages));
  flow.paragraph(naming(printed, source.printedBy, quiet), node('P', parent), { width: textColumn });
  flow.space(5);
  flow.paragraph([span(words.head(source.trail.sequence), quiet), span(` ${source.trail.hash}`, styles.hash)], node('P', parent));
  return bookmark;
}

function facts(record: CustodyRecord): Entry[] {
  const value = (label: string, text: string, style = styles.small): Entry[] =>
    text === '' ? [] : [{ label, spans: [span(text, style)] }];
  return [
    ...(record.originalName === '' ? [] : [{ label: words.facts.originalName, spans: [fileName(record.originalName, styles.small)] }]),
    ...value(words.facts.size, record.size === null ? words.unknown : words.bytes(record.size)),
    ...value(words.facts.mediaType, record.mediaType),
    ...value('SHA-256', record.sha256, styles.mono),
    ...value(words.facts.collected, [momentOf(record.collectedAt), record.collector].filter(Boolean).join(', ')),
    ...value(words.facts.source, record.source),
    ...value(words.facts.method, record.method),
    ...value(words.facts.received, [momentOf(record.receivedAt), record.receivedBy].filter(Boolean).join(', ')),
    ...value(words.facts.sensitivity, words.sensitivities[record.sensitivity]),
    ...value(words.facts.keepUntil, momentOf(record.retainUntil)),
    ...value(words.facts.replaces, record.replaces),
    ...value(words.facts.replacedBy, record.replacedBy),
    ...value(words.facts.destroyed, momentOf(record.destroyedAt)),
    ...value(words.facts.controls, record.controls.join('\n')),
    ...value(words.facts.description, record.description),
  ];
}

/** A day, or a moment in UTC whatever offset it was written with. */
function momentOf(time: string): string {
  const moment = time.includes('T') ? new Date(time) : null;
  return momentInWords(moment === null || Number.isNaN(moment.getTime()) ? time : moment.toISOString(), messages);
}

function checkInWords({ check }: CustodyRecord): string {
  return check.firstBroken === null ? words.holds(check.checked) : words.broken(check.firstBroken);
}

const ledgerColumns = [
  { title: words.columns.link, width: 34 },
  { title: words.columns.when, width: 66 },
  { title: words.columns.what, width: 66 },
  { title: words.columns.who, width: 74 },
  { title: words.columns.detail, width: 1, flexible: true },
];

function ledgerRow(event: CustodyEvent): Cell[] {
  return [
    cell(span(String(event.sequence), styles.mono)),
    cell(span(tableMoment(event.at), styles.small)),
    cell(span(words.actions[event.action], styles.smallBold)),
    cell(span(event.person, styles.small)),
    cell(...detailOf(event)),
  ];
}

/** Why, from whom to whom, and the content's hash where the step says something about it. */
function detailOf(event: CustodyEvent): Span[] {
  const { handOver, before, after } = event;
  const detail = detailInWords(event);
  const lines = [...(detail === '' ? [] : [[span(detail, styles.small)]]), ...(handOver === null ? [] : handOverLinesOf(handOver))];
  const said = lines.flatMap((line, index) => (index === 0 ? line : [span('\n', styles.small), ...line]));
  const hashes =
    before === after ? words.unchanged(after) : `${words.before(before || words.noContent)}\n${words.after(after || words.noContent)}`;
  return [
    ...(said.length === 0 ? [span('', styles.small)] : said),
    ...(tellsHash(event) ? [span(`${said.length === 0 ? '' : '\n'}${hashes}`, styles.hash)] : []),
  ];
}

function handOverLinesOf({ from, to, at, purpose, reference }: HandOver): Span[][] {
  return [
    from === '' && to === '' ? [] : [span(words.fromTo(from, to), styles.small)],
    at === '' ? [] : [span(words.handedAt(momentOf(at)), styles.small)],
    purpose === '' ? [] : naming(words.purpose(purpose), purpose, styles.small),
    reference === '' ? [] : naming(words.reference(reference), reference, styles.small),
  ].filter((line) => line.length > 0);
}

/** Of a link's moment, which is in UTC, the day, and below it the time. */
function tableMoment(time: string): string {
  return `${time.slice(0, 10)}\n${time.slice(11, 19)} UTC`;
}

const blankRows = 4;
/** Lines of an empty row: room for a name and a signature. */
const blankLines = '\n\n';

/** Who printed it and the head of the trail, below the empty lines. */
const closingGap = 12;
const closingHeight = closingGap + 2 * styles.small.leading + 5;

/** Empty lines to be signed by hand, kept together, also with what closes the form. */
function handOverLines(flow: Flow, parent: Node): void {
  const rowHeight = 3 * styles.body.leading + 8;
  subheading(flow, words.next, parent, 15 + blankRows * rowHeight + closingHeight);
  const columns = [words.blank.when, words.blank.released, words.blank.received, words.blank.purpose].map((title) => ({
    title,
    width: 1,
    flexible: true,
  }));
  const blank = () => columns.map(() => cell(span(blankLines, styles.body)));
  table(flow, columns, Array.from({ length: blankRows }, blank), parent);
}
