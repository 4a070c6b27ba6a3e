import type { Context } from '../context.ts';
import type { Flow } from '../flow.ts';
import { barOrder, verdictMark } from '../marks.ts';
import type { Bookmark, Node } from '../page.ts';
import { cell, table } from '../table.ts';
import { styles } from '../theme.ts';
import { dayInWords } from '../words.ts';
import { periodInWords } from './cover.ts';
import { chapter, prose, span, subheading } from './pieces.ts';
import { isExcerpted } from './summary.ts';

/** What was audited, against which texts and how; also whatever was too long for the pages before. */
export function layOutScope(flow: Flow, context: Context, parent: Node): Bookmark {
  const { model, messages } = context;
  const { audit } = model;
  const words = messages.scope;
  const bookmark = chapter(flow, words.title, parent);
  if (isExcerpted(flow, audit.summary, 7)) {
    subheading(flow, messages.summary.full, parent);
    prose(flow, audit.summary, parent);
  }
  subheading(flow, words.scope, parent);
  prose(flow, [audit.organisation, audit.title].filter((part) => part !== '').join(' · '), parent, styles.bodyBold);
  prose(flow, audit.scope || messages.notStated, parent);
  if (audit.sites.length + audit.systems.length > 0) {
    subheading(flow, words.sitesAndSystems, parent);
    prose(flow, [...audit.sites, ...audit.systems].join('\n'), parent);
  }
  subheading(flow, words.period, parent);
  prose(flow, periodInWords(context), parent);
  subheading(flow, words.limits, parent);
  prose(flow, audit.limits.trim() || messages.summary.noLimits, parent);
  if (model.redaction !== undefined) {
    const { profile, copies, withheld } = model.redaction;
    subheading(flow, words.redaction, parent);
    prose(flow, profile === 'redacted' ? words.redactionCopies(copies, withheld) : words.redactionOriginals, parent);
  }
  subheading(flow, words.method, parent);
  prose(flow, words.methodText, parent);
  prose(flow, words.scoreText, parent);
  prose(flow, words.ratingText, parent);
  verdictTable(flow, context, parent);
  checklists(flow, context, parent);
  return bookmark;
}

function verdictTable(flow: Flow, { model, messages }: Context, parent: Node): void {
  flow.space(6);
  const columns = [
    { title: messages.scope.verdict, width: 180 },
    { title: messages.scope.share, width: 1, flexible: true },
  ];
  const rows = barOrder.map((verdict) => [
    {
      spans: [span(messages.verdicts[verdict], styles.small)],
      mark: { width: 15, draw: (x: number, top: number) => verdictMark(flow, verdict, x, top + 1.8, 8.6) },
    },
    cell(span(String(model.counts[verdict]), styles.small)),
  ]);
  table(flow, columns, rows, parent);
}

function checklists(flow: Flow, { model, messages }: Context, parent: Node): void {
  const words = messages.scope;
  subheading(flow, words.checklists, parent, 90);
  table(
    flow,
    [
      { title: words.checklist, width: 1, flexible: true },
      { title: words.version, width: 44 },
      { title: words.controls, width: 46 },
      { title: words.contentHash, width: 146 },
    ],
    model.packs.map((pack) => [
      cell(span(pack.title, styles.smallBold)),
      cell(span(pack.version, styles.small)),
      cell(span(String(pack.controls), styles.small)),
      cell(span(pack.hash, styles.hash)),
    ]),
    parent,
  );
  const sources = model.packs.flatMap((pack) => pack.sources);
  if (sources.length === 0) return;
  flow.space(14);
  table(
    flow,
    [
      { title: words.source, width: 1, flexible: true },
      { title: words.citation, width: 150 },
      { title: words.asOf, width: 88 },
    ],
    sources.map((source) => [
      cell(span(source.title, styles.small)),
      cell(span(source.citation, styles.mono)),
      cell(span(dayInWords(source.asOf, messages), styles.small)),
    ]),
    parent,
  );
}
