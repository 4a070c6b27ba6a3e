import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../shared/domain/canonical-json.ts';
import type { ReportManifest, ReportModel } from '../../../shared/domain/report-model.ts';

/** Name of the attachment inside the PDF. */
export const manifestName = 'manifest.json';
/** Key in the PDF's document information that holds the manifest's SHA-256 (hex). */
export const manifestInfoKey = 'SealbookManifestSHA256';

/** The machine-readable part of a report: what was answered, on which evidence, by whom, up to which link of the trail. */
export function buildManifest(model: ReportModel): ReportManifest {
  const { audit } = model;
  return {
    format: 'sealbook-manifest',
    version: 1,
    report: { number: model.number, revision: model.revision, draft: model.draft, createdAt: model.createdAt },
    vaultId: model.vaultId,
    audit: {
      id: audit.id,
      organisation: audit.organisation,
      title: audit.title,
      periodFrom: audit.periodFrom,
      periodTo: audit.periodTo,
    },
    packs: model.packs.map(({ id, version, hash }) => ({ id, version, hash })),
    score: model.score,
    answers: model.sections.flatMap((section) =>
      section.controls.map((control) => ({
        packId: control.packId,
        controlId: control.id,
        citations: control.citations,
        verdict: control.verdict,
        workStatus: control.workStatus,
        rationale: control.rationale,
        methods: control.methods,
        questions: Object.fromEntries(control.questions.map((question) => [question.id, question.value])),
        evidence: control.evidence,
        findings: control.findings,
        answeredBy: control.answeredBy,
        answeredAt: control.answeredAt,
      })),
    ),
    evidence: model.evidence.map(({ label, originalName, size, sha256, mediaType }) => ({
      label,
      name: originalName,
      size,
      sha256,
      mediaType,
    })),
    findings: model.findings.map(({ label, title, likelihood, impact, state }) => ({ label, title, likelihood, impact, state })),
    signer: { name: model.signer.name, fingerprint: model.signer.fingerprint },
    trailHead: { sequence: model.trailHead.sequence, hash: model.trailHead.hash },
    ...(model.redaction === undefined ? {} : { redaction: model.redaction }),
  };
}

/** The manifest as it is attached, with its SHA-256 in hex. */
export function encodeManifest(model: ReportModel): { readonly bytes: Uint8Array; readonly sha256: string } {
  const bytes = new TextEncoder().encode(canonicalJson(buildManifest(model)));
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}
