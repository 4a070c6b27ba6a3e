import './related.css';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import type { RelatedPiece } from '../../../shared/ipc/redaction.ts';
import { t } from '../../i18n/translate.ts';
import { Link, Notice } from '../../ui/index.ts';
import { useQuery } from '../../use-query.ts';

export interface RelatedProps {
  readonly evidence: Evidence;
  readonly onShow: (id: EvidenceId) => void;
}

/** What a piece was made from, and the redacted copies made from it. Shows nothing where there is neither. */
export function Related({ evidence, onShow }: RelatedProps) {
  const related = useQuery('redaction.related', { evidenceId: evidence.id }, ['evidence']).data;
  if (related === undefined || (related.origin === null && !related.originGone && related.copies.length === 0)) return null;
  const link = ({ id, label, title }: RelatedPiece) => (
    <Link className="link--inline" onPress={() => onShow(id)}>
      <span className="mono">{label}</span> {title}
    </Link>
  );
  const count = evidence.redactions.length;
  return (
    <ul className="related" aria-label={t('redaction.related')}>
      {related.origin === null ? null : (
        <li>
          {t('redaction.related.from')} {link(related.origin)} <Places count={count} />
        </li>
      )}
      {related.originGone ? <li className="muted">{t('redaction.related.gone', { count })}</li> : null}
      {related.copies.map((copy) => (
        <li key={copy.id}>
          {t('redaction.related.copy')} {link(copy)} <Places count={copy.places} />
        </li>
      ))}
    </ul>
  );
}

/** How many places are blacked out. A copy that came with a body of evidence does not say. */
function Places({ count }: { readonly count: number }) {
  return count === 0 ? null : <span className="muted">{t('redaction.related.places', { count })}</span>;
}

/** Before an original is destroyed: what would be left of it. */
export function CopiesWarning({ evidence }: { readonly evidence: Evidence }) {
  const copies = useQuery('redaction.related', { evidenceId: evidence.id }, ['evidence']).data?.copies ?? [];
  if (copies.length === 0) return null;
  const labels = copies.map(({ label }) => label).join(', ');
  return (
    <Notice tone="warning" title={t('redaction.destroy', { count: copies.length, labels })}>
      {t('redaction.destroy.text')}
    </Notice>
  );
}
