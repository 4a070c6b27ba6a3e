import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { EvidencePlace } from '../../shared/ipc/evidence.ts';
import { t } from '../i18n/translate.ts';

/** Other audits that a result names; the rest is counted. */
const mostAudits = 3;

/**
 * Says where the same file was before: in this audit what it was linked to, in other audits under which number.
 * @param duplicate whether the first place is in this audit
 */
export function placesInWords(places: readonly EvidencePlace[], duplicate: boolean): string[] {
  const here = duplicate ? places[0] : undefined;
  const others = duplicate ? places.slice(1) : places;
  return [
    ...(here === undefined ? [] : hereInWords(here)),
    ...others
      .slice(0, mostAudits)
      .map(({ auditTitle, number }) => t('ways.same.other', { label: evidenceLabel(number), audit: auditTitle })),
    ...(others.length > mostAudits ? [t('ways.same.further', { count: others.length - mostAudits })] : []),
  ];
}

function hereInWords({ number, controls, citations, supersededBy }: EvidencePlace): string[] {
  const label = evidenceLabel(number);
  const more = controls - citations.length;
  const list = [...citations, ...(more > 0 ? [t('ways.same.more', { count: more })] : [])].join(', ');
  return [
    ...(supersededBy === null ? [] : [t('ways.same.superseded', { label, newer: evidenceLabel(supersededBy) })]),
    controls === 0 ? t('ways.same.unlinked', { label }) : t('ways.same.linked', { label, list }),
  ];
}
