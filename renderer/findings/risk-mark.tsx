import './risk-mark.css';
import { type RiskLevel, riskLevel } from '../../shared/domain/risk.ts';
import { t } from '../i18n/translate.ts';

const bars: Readonly<Record<RiskLevel, number>> = { low: 1, medium: 2, high: 3 };

/** A rating as sign, word and numbers: `High 4 x 4`. */
export function RiskMark({ likelihood, impact }: { readonly likelihood: number; readonly impact: number }) {
  const level = riskLevel(likelihood, impact);
  return (
    <span className={`risk-mark risk-mark--${level}`}>
      <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
        {[0, 1, 2].map((index) => (
          <rect
            key={index}
            x={1 + index * 4.5}
            y={9 - index * 3.5}
            width="3"
            height={4 + index * 3.5}
            rx="0.75"
            className={index < bars[level] ? 'risk-mark__bar' : 'risk-mark__bar risk-mark__bar--off'}
          />
        ))}
      </svg>
      {t('findings.rating', { level: t(`common.risk.${level}`), likelihood, impact })}
    </span>
  );
}
