import type { Check } from '../../shared/domain/checks.ts';
import { type Evidence, evidenceLabel } from '../../shared/domain/evidence.ts';
import type { ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import type { ProfiledEvidence, ProfiledPiece } from '../../shared/domain/redaction-profile.ts';
import type { ReportEvidence } from '../../shared/domain/report-model.ts';

/** What the redaction profile changes in a report: which pieces are named, and what is not said of them. */

/** One note for each sensitive piece that a redacted report lists without title and file name. */
export function withheldChecks<P extends ProfiledPiece>({ shown, withheld }: ProfiledEvidence<P>): Check[] {
  return shown
    .filter(({ id }) => withheld.has(id))
    .map(({ id, number }) => ({
      code: 'sensitive-without-copy',
      severity: 'warning',
      control: null,
      evidenceId: id,
      findingId: null,
      taskId: null,
      subject: evidenceLabel(number),
      citation: '',
    }));
}

/** Checks name a piece by its title; where the report names another one or none, the label stands for it. */
export function hideSubjects(checks: readonly Check[], profiled: ProfiledEvidence<Evidence>, evidence: readonly Evidence[]): Check[] {
  const labels = new Map(evidence.map(({ id, number }) => [id, evidenceLabel(number)]));
  for (const { id } of profiled.shown) if (!profiled.withheld.has(id)) labels.delete(id);
  return checks.map((check) => {
    const label = check.evidenceId === null ? undefined : labels.get(check.evidenceId);
    return label === undefined ? check : { ...check, subject: label };
  });
}

/** The label under which a report names each piece: its own, or that of the copy that stands for it. */
export function labelsOf({ groups }: ProfiledEvidence<Evidence>): Map<string, string> {
  return new Map(groups.flatMap(({ named, pieces }) => pieces.map(({ id }) => [id, evidenceLabel(named.number)])));
}

/** The evidence index; `named` are its labels. A copy speaks for every control that it or what it stands for is linked to. */
export function describeEvidence(
  evidence: readonly Evidence[],
  profiled: ProfiledEvidence<Evidence>,
  named: ReadonlyMap<string, string>,
  citationOf: (control: ControlReference) => string,
): ReportEvidence[] {
  const { groups, withheld } = profiled;
  // Maps of the few that are asked for: an audit may have 200,000 pieces.
  const origins = new Set(evidence.filter(isRedactedCopy).map(({ derivedFrom }) => derivedFrom));
  const labels = new Map(evidence.filter(({ id }) => origins.has(id)).map(({ id, number }) => [id, evidenceLabel(number)]));
  return groups.map(({ named: item, pieces }) => {
    const hidden = withheld.has(item.id);
    const origin = isRedactedCopy(item) ? labels.get(item.derivedFrom as EvidenceId) : undefined;
    const newer = named.get(item.supersededBy);
    const controls = pieces.flatMap((piece) => piece.controls);
    return {
      label: evidenceLabel(item.number),
      title: hidden ? '' : item.title,
      originalName: hidden ? '' : item.originalName,
      mediaType: item.mediaType,
      size: item.size,
      sha256: item.sha256,
      receivedAt: item.receivedAt,
      collector: item.collector,
      sensitivity: item.sensitivity,
      citations: [...new Set(controls.map(citationOf))],
      ...(origin === undefined ? {} : { redactedFrom: origin }),
      ...(newer === undefined ? {} : { supersededBy: newer }),
      ...(hidden ? { withheld: true as const } : {}),
    };
  });
}

function isRedactedCopy({ derivation, derivedFrom }: Evidence): boolean {
  return derivation === 'redacted' && derivedFrom !== '';
}
