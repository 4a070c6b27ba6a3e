import './ring.css';
import { t } from '../i18n/translate.ts';

/** Progress as a ring, n of m. The numbers are read out; show them as text beside it. */
export function Ring({ done, total, size = 16 }: { readonly done: number; readonly total: number; readonly size?: number }) {
  const share = total === 0 ? 0 : Math.min(1, done / total);
  return (
    <svg className="ring" viewBox="0 0 16 16" width={size} height={size} role="img" aria-label={t('common.ring', { done, total })}>
      <circle className="ring__track" cx="8" cy="8" r="6" pathLength="100" />
      {share === 0 ? null : (
        <circle
          className="ring__share"
          cx="8"
          cy="8"
          r="6"
          pathLength="100"
          strokeDasharray={`${share * 100} 100`}
          transform="rotate(-90 8 8)"
        />
      )}
    </svg>
  );
}
