import type { Control } from '../../shared/domain/control.ts';
import { t } from '../i18n/translate.ts';
import { Fold } from './fold.tsx';

/** How the control is usually met, in small and large organisations or in one of the audit's size, and how it usually fails. */
export function Guidance({ control, size = null }: { readonly control: Control; readonly size?: 'small' | 'large' | null }) {
  const { guidance, commonFailures, weight, weightReason } = control;
  const shown = (of: 'small' | 'large') => guidance[of] !== '' && (size === null || size === of || guidance[size] === '');
  return (
    <Fold title={t('walkthrough.guidance')}>
      {() => (
        <div className="guidance text-column">
          {!shown('small') ? null : (
            <>
              <h4>{t('walkthrough.guidance.small')}</h4>
              <p>{guidance.small}</p>
            </>
          )}
          {!shown('large') ? null : (
            <>
              <h4>{t('walkthrough.guidance.large')}</h4>
              <p>{guidance.large}</p>
            </>
          )}
          {commonFailures.length === 0 ? null : (
            <>
              <h4>{t('walkthrough.guidance.failures')}</h4>
              <ul className="guidance__list">
                {commonFailures.map((failure) => (
                  <li key={failure}>{failure}</li>
                ))}
              </ul>
            </>
          )}
          <h4>{t('walkthrough.guidance.weight', { weight })}</h4>
          <p>{weightReason}</p>
        </div>
      )}
    </Fold>
  );
}
