import type { ReportModel } from '../../../../shared/domain/report-model.ts';
import { encodeManifest } from '../manifest.ts';
import { messagesFor } from '../messages/en.ts';
import type { Context } from './context.ts';
import { Flow } from './flow.ts';
import type { FontSet } from './fonts.ts';
import { type Bookmark, type Node, node, type Page } from './page.ts';
import { layOutClosing } from './parts/closing.ts';
import { layOutContents } from './parts/contents.ts';
import { type Box, layOutCover } from './parts/cover.ts';
import { layOutEvidence, layOutPeople } from './parts/evidence.ts';
import { layOutFindings } from './parts/findings.ts';
import { layOutOpenChecks } from './parts/open-checks.ts';
import { layOutPlan } from './parts/plan.ts';
import { layOutResults } from './parts/results.ts';
import { layOutScope } from './parts/scope.ts';
import { layOutSummary } from './parts/summary.ts';
import { paperSizes } from './theme.ts';

/** The report as pages, its logical structure and its outline: everything but the PDF syntax. */
export interface LaidOutReport {
  readonly context: Context;
  readonly pages: readonly Page[];
  readonly root: Node;
  readonly bookmarks: readonly Bookmark[];
  /** Where the signature block stands on the cover. */
  readonly signatureBox: Box;
}

/** Lays the whole report out. Pure but for the fonts that are opened on the way. */
export function layOutReport(model: ReportModel, fonts: FontSet): LaidOutReport {
  const messages = messagesFor(model.language);
  const context: Context = {
    model,
    messages,
    manifest: encodeManifest(model),
    evidenceByLabel: new Map(model.evidence.map((item) => [item.label, item])),
    findingByLabel: new Map(model.findings.map((finding) => [finding.label, finding])),
    controls: model.sections.flatMap((section) => section.controls),
  };
  const paper = paperSizes[model.paper];
  const foot = messages.runningFoot(model.audit.organisation, model.number, model.revision, model.draft);
  const root = node('Document', null, { title: messages.documentTitle });
  const part = () => node('Sect', root);

  const cover = new Flow(fonts, paper, messages.coverFoot(model.number, model.revision, model.draft));
  const signatureBox = layOutCover(cover, context, part());
  const contentsNode = part();

  const body = new Flow(fonts, paper, foot);
  const bookmarks = [
    layOutSummary(body, context, part()),
    layOutScope(body, context, part()),
    ...(model.draft ? [layOutOpenChecks(body, context, part())] : []),
    layOutResults(body, context, part()),
    layOutFindings(body, context, part()),
    layOutPlan(body, context, part()),
    layOutEvidence(body, context, part()),
    layOutPeople(body, context, part()),
    layOutClosing(body, context, part()),
  ];

  // The list of contents names page numbers, and how many pages it takes itself does not depend on them.
  const trial = new Flow(fonts, paper, foot);
  layOutContents(trial, messages, bookmarks, () => 0, node('Sect', null));
  const before = cover.pages.length + trial.pages.length;
  const numbers = new Map(body.pages.map((page, index) => [page, before + index + 1]));
  const contents = new Flow(fonts, paper, foot);
  const contentsBookmark = layOutContents(contents, messages, bookmarks, (page) => numbers.get(page) ?? 0, contentsNode);

  return {
    context,
    pages: [...cover.pages, ...contents.pages, ...body.pages],
    root,
    bookmarks: [contentsBookmark, ...bookmarks],
    signatureBox,
  };
}
