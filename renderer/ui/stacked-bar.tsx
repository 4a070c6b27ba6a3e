import './stacked-bar.css';
import type { Verdict } from '../../shared/domain/answer.ts';
import type { VerdictCounts } from '../../shared/domain/audit.ts';
import { t } from '../i18n/translate.ts';
import { VerdictIcon, verdictWord } from './verdict-mark.tsx';

const order: readonly Verdict[] = ['compliant', 'partially-compliant', 'non-compliant', 'not-applicable'];
const everything: readonly Verdict[] = [...order, 'not-assessed'];

/** Controls by verdict as one bar; what is not assessed stays empty. The counts are read out. */
export function StackedBar({ counts }: { readonly counts: VerdictCounts }) {
  const total = everything.reduce((sum, verdict) => sum + counts[verdict], 0);
  return (
    <span className="stacked-bar" role="img" aria-label={countsInWords(counts)}>
      {order
        .filter((verdict) => counts[verdict] > 0)
        .map((verdict) => (
          <span
            key={verdict}
            className={`stacked-bar__part stacked-bar__part--${verdict}`}
            style={{ inlineSize: `${(100 * counts[verdict]) / total}%` }}
          />
        ))}
    </span>
  );
}

/** `27 Compliant, 8 Partial`: every verdict that occurs. */
export function countsInWords(counts: VerdictCounts): string {
  const parts = everything
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => t('common.verdict.count', { count: counts[verdict], verdict: verdictWord(verdict) }));
  return parts.length === 0 ? t('common.verdict.bar.none') : parts.join(', ');
}

/** The counts with their icons, for under a bar. */
export function VerdictLegend({ counts }: { readonly counts: VerdictCounts }) {
  return (
    <ul className="verdict-legend">
      {everything.map((verdict) => (
        <li key={verdict} className="verdict-legend__item">
          <VerdictIcon verdict={verdict} size={14} />
          {t('common.verdict.count', { count: counts[verdict], verdict: verdictWord(verdict) })}
        </li>
      ))}
    </ul>
  );
}
