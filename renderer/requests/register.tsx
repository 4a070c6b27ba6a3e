import './register.css';
import type { RequestId } from '../../shared/domain/ids.ts';
import { type EvidenceRequest, isLateRequest, requestLabel } from '../../shared/domain/request.ts';
import { isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { DueMark } from '../record/due-mark.tsx';
import { RecordRow } from '../record/record-table.tsx';
import { StateMark } from './state-mark.tsx';

export interface RegisterProps {
  readonly requests: readonly EvidenceRequest[];
  readonly selected: RequestId | null;
  readonly onSelect: (id: RequestId) => void;
}

/** The table of requests. */
export function Register({ requests, selected, onSelect }: RegisterProps) {
  const today = isoDay(new Date());
  return (
    <table className="table record-table requests-register">
      <caption className="visually-hidden">{t('requests.register')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('requests.column.number')}</th>
          <th scope="col">{t('requests.column.title')}</th>
          <th scope="col" className="requests-register__wide">
            {t('requests.column.askedOf')}
          </th>
          <th scope="col">{t('requests.column.due')}</th>
          <th scope="col">{t('requests.column.state')}</th>
          <th scope="col" className="table__number requests-register__wide">
            {t('requests.column.controls')}
          </th>
          <th scope="col" className="table__number">
            {t('requests.column.evidence')}
          </th>
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => {
          const { id, number, title, askedOf, due, state, controls, evidence } = request;
          return (
            <RecordRow key={id} code={requestLabel(number)} title={title} isSelected={selected === id} onSelect={() => onSelect(id)}>
              <td className="requests-register__wide">{askedOf}</td>
              <td>
                <DueMark due={due} overdue={isLateRequest(request, today)} />
              </td>
              <td>
                <StateMark state={state} />
              </td>
              <td className="table__number requests-register__wide">{controls.length}</td>
              <td className="table__number">{evidence.length}</td>
            </RecordRow>
          );
        })}
      </tbody>
    </table>
  );
}
