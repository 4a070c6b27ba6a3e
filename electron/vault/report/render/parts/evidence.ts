import type { Context } from '../context.ts';
import type { Flow } from '../flow.ts';
import type { Bookmark, Node } from '../page.ts';
import { cell, table } from '../table.ts';
import { colours, styles } from '../theme.ts';
import { capitalised, shortDay } from '../words.ts';
import { chapter, fileName, prose, span, tinted } from './pieces.ts';

/** More pieces than this fill more pages than anybody reads: these take some 500. The manifest has all of them. */
const mostPrinted = 5000;

/** The pieces of evidence with their full hashes. */
export function layOutEvidence(flow: Flow, { model, messages }: Context, parent: Node): Bookmark {
  const words = messages.evidence;
  const bookmark = chapter(flow, words.title, parent);
  if (model.evidence.length === 0) {
    prose(flow, words.none, parent);
    return bookmark;
  }
  prose(flow, model.redaction?.profile === 'redacted' ? words.introRedacted : words.intro, parent);
  const printed = model.evidence.slice(0, mostPrinted);
  if (printed.length < model.evidence.length) prose(flow, words.cut(printed.length, model.evidence.length), parent);
  flow.space(6);
  table(
    flow,
    [
      { title: words.reference, width: 38 },
      { title: words.item, width: 1, flexible: true },
      { title: words.received, width: 78 },
      { title: words.hash, width: 142 },
    ],
    printed.map((item) => [
      cell(span(item.label, styles.mono)),
      cell(
        span(item.withheld === true ? words.withheld : item.title || item.originalName, styles.smallBold),
        fileName(
          `\n${[item.originalName, item.mediaType, words.size(item.size), words.sensitivity(item.sensitivity)].filter((part) => part !== '').join(' · ')}`,
          tinted(styles.small, colours.inkSecond),
        ),
        ...(item.citations.length === 0
          ? []
          : [span(`\n${listCitations(item.citations, words.more)}`, tinted(styles.small, colours.inkSecond))]),
        ...(item.supersededBy === undefined
          ? []
          : [span(`\n${words.superseded(item.supersededBy)}`, tinted(styles.small, colours.inkSecond))]),
        ...(item.redactedFrom === undefined
          ? []
          : [span(`\n${words.redactedFrom(item.redactedFrom)}`, tinted(styles.small, colours.inkSecond))]),
      ),
      cell(
        span(shortDay(item.receivedAt, messages), styles.small),
        ...(item.collector === '' ? [] : [span(`\n${item.collector}`, tinted(styles.small, colours.inkSecond))]),
      ),
      cell(span(item.sha256, styles.hash)),
    ]),
    parent,
  );
  return bookmark;
}

/** Evidence that speaks to many controls names the first few; each control's own part of the report lists its evidence. */
const mostCitations = 8;

function listCitations(citations: readonly string[], more: (count: number) => string): string {
  const shown = citations
    .slice(0, mostCitations)
    .map((citation, index) => withoutSource(citation, citations[index - 1] ?? ''))
    .join(', ');
  return citations.length > mostCitations ? `${shown} ${more(citations.length - mostCitations)}` : shown;
}

/** A citation after one of the same source, such as 45 CFR: only its place in it. */
function withoutSource(citation: string, before: string): string {
  const source = citation.slice(0, citation.lastIndexOf(' ') + 1);
  return source !== '' && before.slice(0, before.lastIndexOf(' ') + 1) === source ? citation.slice(source.length) : citation;
}

/** Who did the work. */
export function layOutPeople(flow: Flow, { model, messages }: Context, parent: Node): Bookmark {
  const words = messages.people;
  flow.space(30);
  const bookmark = flow.heading(1, words.title, styles.heading1, parent, 80);
  flow.space(8);
  table(
    flow,
    [
      { title: words.name, width: 1, flexible: true },
      { title: words.role, width: 110 },
      { title: words.email, width: 1, flexible: true },
    ],
    model.people.map((person) => [
      cell(span(person.name, styles.smallBold)),
      cell(span(capitalised(person.role), styles.small)),
      cell(span(person.email, styles.mono)),
    ]),
    parent,
  );
  return bookmark;
}
