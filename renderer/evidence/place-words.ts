import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { EvidencePlace } from '../../shared/ipc/evidence.ts';
import { t } from '../i18n/translate.ts';

/** Other audits that a result names; the rest is counted. */
const mostAudits = 3;

/**
 * Says where the same file was before: in this audit what it was linked to, in other audits under which number.
 * @param duplicate when the first place is in this audit: whether it was linked just now
 */
export function placesInWords(places: readonly EvidencePlace[], duplicate: { readonly linked: boolean } | null): string[] {
  const here = duplicate === null ? undefined : places[0];
  const others = duplicate === null ? places : places.slice(1);
  return [
    ...(here === undefined ? [] : hereInWords(here, duplicate?.linked === true)),
    ...others
      .slice(0, mostAudits)
      .map(({ auditTitle, number }) => t('ways.same.other', { label: evidenceLabel(number), audit: auditTitle })),
    ...(others.length > mostAudits ? [t('ways.same.further', { count: others.length - mostAudits })] : []),
  ];
}

function hereInWords({ number, controls, citations, supersededBy }: EvidencePlace, linked: boolean): string[] {
  const label = evidenceLabel(number);
  const more = controls - citations.length;
  const list = [...citations, ...(more > 0 ? [t('ways.same.more', { count: more })] : [])].join(', ');
  return [
    ...(supersededBy === null ? [] : [t('ways.same.superseded', { label, newer: evidenceLabel(supersededBy) })]),
    controls > 0
      ? t(linked ? 'ways.same.linked.before' : 'ways.same.linked', { label, list })
      : t(linked ? 'ways.same.unlinked.before' : 'ways.same.unlinked', { label }),
  ];
}
