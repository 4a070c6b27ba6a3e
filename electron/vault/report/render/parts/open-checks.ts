import type { Context } from '../context.ts';
import type { Flow } from '../flow.ts';
import type { Bookmark, Node } from '../page.ts';
import { cell, table } from '../table.ts';
import { colours, styles } from '../theme.ts';
import { chapter, prose, span, tinted } from './pieces.ts';

/** What keeps a draft from being final. */
export function layOutOpenChecks(flow: Flow, { model, messages }: Context, parent: Node): Bookmark {
  const words = messages.open;
  const bookmark = chapter(flow, words.title, parent);
  prose(flow, words.intro, parent);
  if (model.checks.length === 0) {
    prose(flow, words.none, parent);
    return bookmark;
  }
  flow.space(6);
  table(
    flow,
    [
      { title: words.kind, width: 40 },
      { title: words.check, width: 1, flexible: true },
      { title: words.citation, width: 118 },
      { title: words.subject, width: 1.15, flexible: true },
    ],
    model.checks.map((check) => [
      cell(
        span(
          messages.severities[check.severity],
          tinted(styles.small, check.severity === 'blocking' ? colours.nonCompliant : colours.partial),
        ),
      ),
      cell(span(messages.checks[check.code], styles.small)),
      cell(span(check.citation, styles.mono)),
      cell(span(check.subject, styles.small)),
    ]),
    parent,
  );
  return bookmark;
}
