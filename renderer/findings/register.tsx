import './register.css';
import { type Finding, findingLabel } from '../../shared/domain/finding.ts';
import type { FindingId } from '../../shared/domain/ids.ts';
import { isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { classNames } from '../ui/class-names.ts';
import { Link } from '../ui/link.tsx';
import { DueMark } from './due-mark.tsx';
import { RiskMark } from './risk-mark.tsx';
import { StateMark } from './state-mark.tsx';

export interface RegisterProps {
  readonly findings: readonly Finding[];
  readonly selected: FindingId | null;
  readonly onSelect: (id: FindingId) => void;
}

/** The table of findings. The title opens a finding with the keyboard, a click anywhere in the row with the mouse. */
export function Register({ findings, selected, onSelect }: RegisterProps) {
  const today = isoDay(new Date());
  return (
    <table className="table findings-register">
      <caption className="visually-hidden">{t('findings.register')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('findings.column.number')}</th>
          <th scope="col">{t('findings.column.title')}</th>
          <th scope="col">{t('findings.column.rating')}</th>
          <th scope="col" className="findings-register__owner">
            {t('findings.column.owner')}
          </th>
          <th scope="col">{t('findings.column.due')}</th>
          <th scope="col">{t('findings.column.state')}</th>
          <th scope="col" className="table__number">
            {t('findings.column.controls')}
          </th>
        </tr>
      </thead>
      <tbody>
        {findings.map((finding) => {
          const { id, number, title, likelihood, impact, owner, due, state, controls } = finding;
          return (
            <tr
              key={id}
              className={classNames('table__row--link', 'findings-register__row', selected === id && 'findings-register__row--selected')}
              aria-current={selected === id ? 'true' : undefined}
              onClick={() => onSelect(id)}
            >
              <td className="mono findings-register__code">{findingLabel(number)}</td>
              <td className="findings-register__title">
                <Link onPress={() => onSelect(id)}>{title}</Link>
              </td>
              <td>
                <RiskMark likelihood={likelihood} impact={impact} />
              </td>
              <td className="findings-register__owner">{owner}</td>
              <td>
                <DueMark due={due} overdue={due !== '' && due < today && state === 'open'} />
              </td>
              <td>
                <StateMark state={state} />
              </td>
              <td className="table__number">{controls.length}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
