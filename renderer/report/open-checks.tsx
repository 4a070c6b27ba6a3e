import './open-checks.css';
import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import { useState } from 'react';
import type { Check } from '../../shared/domain/checks.ts';
import { checkKey, goToCheck } from '../check-target.ts';
import { t } from '../i18n/translate.ts';
import type { Navigate } from '../screens.ts';
import { Button } from '../ui/button.tsx';
import { Link } from '../ui/link.tsx';

/** So many are shown before the rest is asked for. */
const shownAtFirst = 8;

/** What keeps the report a draft, then what is only printed. Each line goes to the place where it is closed. */
export function OpenChecks({ checks, navigate }: { readonly checks: readonly Check[]; readonly navigate: Navigate }) {
  const [all, setAll] = useState(false);
  if (checks.length === 0) {
    return (
      <p className="open-checks__none">
        <CircleCheck aria-hidden="true" />
        {t('report.checks.none')}
      </p>
    );
  }
  const ordered = [...checks.filter(isBlocking), ...checks.filter((check) => !isBlocking(check))];
  const shown = all ? ordered : ordered.slice(0, shownAtFirst);
  return (
    <div>
      <ul className="open-checks">
        {shown.map((check) => (
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
        ))}
      </ul>
      {ordered.length > shownAtFirst ? (
        <Button size="small" variant="quiet" onPress={() => setAll(!all)}>
          {all ? t('report.checks.fewer') : t('report.checks.more', { count: ordered.length - shownAtFirst })}
        </Button>
      ) : null}
    </div>
  );
}

export function isBlocking({ severity }: Check): boolean {
  return severity === 'blocking';
}
