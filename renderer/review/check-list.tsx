import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { type Check, type CheckCode, checkCodes } from '../../shared/domain/checks.ts';
import { checkKey, goToCheck } from '../check-target.ts';
import { t } from '../i18n/translate.ts';
import type { Navigate } from '../screens.ts';
import { Button, EmptyState, Link, Section, Select } from '../ui/index.ts';

type Filter = CheckCode | 'all';

/** Every open check with a way to its cause. Grouped by kind when all are shown. */
export function CheckList({ checks, navigate }: { readonly checks: readonly Check[]; readonly navigate: Navigate }) {
  const [filter, setFilter] = useState<Filter>('all');
  const present = checkCodes.filter((code) => checks.some((check) => check.code === code));
  const count = (code: CheckCode) => checks.filter((check) => check.code === code).length;
  // A kind whose last check was just resolved leaves the filter.
  const chosen = filter !== 'all' && !present.includes(filter) ? 'all' : filter;
  const codes = chosen === 'all' ? present : [chosen];
  if (checks.length === 0) {
    return (
      <EmptyState
        icon={<CircleCheck />}
        title={t('review.checks.none')}
        text={t('review.checks.none.text')}
        action={<Button onPress={() => navigate('report')}>{t('review.checks.to-report')}</Button>}
      />
    );
  }
  return (
    <Section
      title={t('review.checks')}
      aside={
        <Select
          label={t('review.checks.filter')}
          hideLabel
          value={chosen}
          onChange={setFilter}
          options={[
            { value: 'all', label: t('review.checks.all', { count: checks.length }) },
            ...present.map((code) => ({ value: code, label: `${t(`common.check.${code}`)} · ${count(code)}` })),
          ]}
        />
      }
    >
      {codes.map((code) => (
        <CheckGroup key={code} code={code} checks={checks.filter((check) => check.code === code)} navigate={navigate} />
      ))}
    </Section>
  );
}

interface CheckGroupProps {
  readonly code: CheckCode;
  readonly checks: readonly Check[];
  readonly navigate: Navigate;
}

function CheckGroup({ code, checks, navigate }: CheckGroupProps) {
  const blocking = checks.some((check) => check.severity === 'blocking');
  return (
    <section className="check-group">
      <h3 className="check-group__title">
        {blocking ? (
          <CircleAlert aria-hidden="true" className="check-group__blocking" />
        ) : (
          <TriangleAlert aria-hidden="true" className="check-group__warning" />
        )}
        {t(`common.check.${code}`)}
        <span className="muted numeric">{checks.length}</span>
        <span className="check-group__severity">{t(`review.severity.${blocking ? 'blocking' : 'warning'}`)}</span>
      </h3>
      <ul>
        {checks.map((check) => (
          <li key={checkKey(check)} className="check-group__row">
            <span className="mono muted">{check.citation}</span>
            <Link onPress={() => goToCheck(check, navigate)}>{check.subject}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
