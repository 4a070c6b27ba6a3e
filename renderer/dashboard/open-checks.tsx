import { CircleCheck } from 'lucide-react';
import type { Check } from '../../shared/domain/checks.ts';
import { checkKey, goToCheck } from '../check-target.ts';
import { t } from '../i18n/translate.ts';
import type { Navigate } from '../screens.ts';
import { Link, Section } from '../ui/index.ts';

const most = 8;

/** What keeps the report a draft. Controls that nobody has looked at yet are one line, not a hundred. */
export function OpenChecks({ checks, navigate }: { readonly checks: readonly Check[]; readonly navigate: Navigate }) {
  const unassessed = checks.filter(isUnassessed);
  const others = checks.filter((check) => !isUnassessed(check));
  if (checks.length === 0) {
    return (
      <Section title={t('dashboard.checks')} className="checks-part">
        <p className="dashboard__done">
          <CircleCheck aria-hidden="true" />
          {t('dashboard.checks.none')}
        </p>
      </Section>
    );
  }
  return (
    <Section title={t('dashboard.checks')} aside={t('dashboard.checks.aside')} className="checks-part">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('dashboard.checks.control')}</th>
            <th scope="col">{t('dashboard.checks.missing')}</th>
            <th scope="col">{t('dashboard.checks.about')}</th>
          </tr>
        </thead>
        <tbody>
          {unassessed.length === 0 ? null : (
            <tr className="table__row--link">
              <td className="muted">–</td>
              <td colSpan={2}>
                <Link onPress={() => navigate('walkthrough', { verdict: 'not-assessed' })}>
                  {t('dashboard.checks.unassessed', { count: unassessed.length })}
                </Link>
              </td>
            </tr>
          )}
          {others.slice(0, most).map((check) => (
            <tr key={checkKey(check)} className="table__row--link">
              <td className="mono">{check.citation || '–'}</td>
              <td>
                <Link onPress={() => goToCheck(check, navigate)}>{t(`common.check.${check.code}`)}</Link>
              </td>
              <td className="muted">{check.subject}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <Link className="link--accent" onPress={() => navigate('review')}>
          {t('dashboard.checks.more', { count: checks.length })}
        </Link>
      </p>
    </Section>
  );
}

function isUnassessed(check: Check): boolean {
  return check.code === 'unanswered' || check.code === 'unanswered-required';
}
