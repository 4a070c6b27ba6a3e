import './open-checks.css';
import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import type { Check } from '../../shared/domain/checks.ts';
import { checkKey, goToCheck } from '../check-target.ts';
import { t } from '../i18n/translate.ts';
import type { Navigate } from '../screens.ts';
import { Link } from '../ui/link.tsx';
import { FoldedList } from './folded-list.tsx';

/** What keeps the report a draft, then what is only printed. Each line goes to the place where it is closed. */
export function OpenChecks({ checks, navigate }: { readonly checks: readonly Check[]; readonly navigate: Navigate }) {
  if (checks.length === 0) {
    return (
      <p className="open-checks__none">
        <CircleCheck aria-hidden="true" />
        {t('report.checks.none')}
      </p>
    );
  }
  const ordered = [...checks.filter(isBlocking), ...checks.filter((check) => !isBlocking(check))];
  return (
    <div>
      <FoldedList className="open-checks" items={ordered}>
        {(check) => (
          <li key={checkKey(check)} className="open-checks__item">
            {isBlocking(check) ? (
              <CircleAlert role="img" aria-label={t('report.checks.blocking')} className="open-checks__icon open-checks__icon--blocking" />
            ) : (
              <Info role="img" aria-label={t('report.checks.warning')} className="open-checks__icon" />
            )}
            <span className="open-checks__words">
              <Link className="open-checks__link" onPress={() => goToCheck(check, navigate)}>
                {t(`common.check.${check.code}`)}
              </Link>
              <span className="open-checks__subject">
                {check.citation === '' ? null : <span className="mono">{check.citation}</span>} {check.subject}
              </span>
            </span>
          </li>
        )}
      </FoldedList>
    </div>
  );
}

export function isBlocking({ severity }: Check): boolean {
  return severity === 'blocking';
}
