import './register.css';
import { type Finding, findingLabel } from '../../shared/domain/finding.ts';
import type { FindingId } from '../../shared/domain/ids.ts';
import { isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { DueMark } from '../record/due-mark.tsx';
import { RecordRow } from '../record/record-table.tsx';
import { RiskMark } from './risk-mark.tsx';
import { StateMark } from './state-mark.tsx';

export interface RegisterProps {
  readonly findings: readonly Finding[];
  readonly selected: FindingId | null;
  readonly onSelect: (id: FindingId) => void;
}

/** The table of findings. */
export function Register({ findings, selected, onSelect }: RegisterProps) {
  const today = isoDay(new Date());
  return (
    <table className="table record-table findings-register">
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
            <RecordRow key={id} code={findingLabel(number)} title={title} isSelected={selected === id} onSelect={() => onSelect(id)}>
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
            </RecordRow>
          );
        })}
      </tbody>
    </table>
  );
}
