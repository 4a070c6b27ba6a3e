import type { ReportModel } from '../../../../shared/domain/report-model.ts';
import { manifestInfoKey, manifestName } from '../manifest.ts';
import { openFonts } from './fonts.ts';
import { type Printed, paint } from './paint.ts';
import type { Box } from './parts/cover.ts';
import { type LaidOutReport, layOutReport } from './report.ts';

export interface ReportAssets {
  /** `node_modules`, or the folder of the delivered font files. */
  readonly fontsDirectory: string;
}

export interface RenderedReport {
  /** The unsigned PDF. The same model gives the same bytes. */
  readonly bytes: Uint8Array;
  readonly pages: number;
  /** Where a visible signature field belongs on the first page; points from the top left corner. */
  readonly signatureBox: Box;
}

/** Renders a frozen report model as PDF. Pure but for reading the font files. */
export async function renderReport(model: ReportModel, assets: ReportAssets): Promise<RenderedReport> {
  const fonts = openFonts(assets.fontsDirectory);
  const report = layOutReport(model, fonts);
  const bytes = paint(printedReport(report), fonts);
  return { bytes, pages: report.pages.length, signatureBox: report.signatureBox };
}

/** The report with its information, its foot and its manifest. */
function printedReport({ context, pages, root, bookmarks }: LaidOutReport): Printed {
  const { model, messages, manifest } = context;
  return {
    pages,
    root,
    bookmarks,
    paper: model.paper,
    language: model.language,
    title: [messages.documentTitle, model.audit.organisation, `${model.number} r${model.revision}`].filter(Boolean).join(' · '),
    author: model.signer.name,
    subject: model.audit.title,
    creator: messages.creator,
    createdAt: model.createdAt,
    properties: { [manifestInfoKey]: manifest.sha256 },
    watermark: model.draft ? messages.draft : null,
    footRight: (page, of) => (page === 1 ? messages.checkIt : messages.pageOf(page, of)),
    attachment: { bytes: manifest.bytes, name: manifestName, type: 'application/json', description: messages.documentTitle },
  };
}
