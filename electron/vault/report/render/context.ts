import type { ReportControl, ReportEvidence, ReportFinding, ReportModel } from '../../../../shared/domain/report-model.ts';
import type { Messages } from '../messages/en.ts';

/** What every part of the report is laid out from. */
export interface Context {
  readonly model: ReportModel;
  readonly messages: Messages;
  readonly manifest: { readonly bytes: Uint8Array; readonly sha256: string };
  readonly evidenceByLabel: ReadonlyMap<string, ReportEvidence>;
  readonly findingByLabel: ReadonlyMap<string, ReportFinding>;
  readonly controls: readonly ReportControl[];
}
