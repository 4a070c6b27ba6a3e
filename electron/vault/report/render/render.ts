import type { ReportModel } from '../../../../shared/domain/report-model.ts';
import { openFonts } from './fonts.ts';
import { paint } from './paint.ts';
import type { Box } from './parts/cover.ts';
import { layOutReport } from './report.ts';

export interface ReportAssets {
  /** Folder of the IBM Plex `.woff` files: flat, or as `node_modules/@fontsource`. */
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
  const bytes = paint(report, fonts);
  return { bytes, pages: report.pages.length, signatureBox: report.signatureBox };
}
