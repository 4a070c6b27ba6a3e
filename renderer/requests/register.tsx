import type { RequestId } from '../../shared/domain/ids.ts';
import { type EvidenceRequest, isLateRequest, requestLabel } from '../../shared/domain/request.ts';
import { DueMark } from '../findings/due-mark.tsx';
import { isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { classNames } from '../ui/class-names.ts';
import { Link } from '../ui/link.tsx';
import { StateMark } from './state-mark.tsx';

export interface RegisterProps {
  readonly requests: readonly EvidenceRequest[];
  readonly selected: RequestId | null;
  readonly onSelect: (id: RequestId) => void;
}

/** The table of requests. The title opens one with the keyboard, a click anywhere in the row with the mouse. */
export function Register({ requests, selected, onSelect }: RegisterProps) {
  const today = isoDay(new Date());
  return (
    <table className="table requests-register">
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
            <tr
              key={id}
              className={classNames('table__row--link', 'requests-register__row', selected === id && 'requests-register__row--selected')}
              aria-current={selected === id ? 'true' : undefined}
              onClick={() => onSelect(id)}
            >
              <td className="mono requests-register__code">{requestLabel(number)}</td>
              <td className="requests-register__title">
                <Link onPress={() => onSelect(id)}>{title}</Link>
              </td>
              <td className="requests-register__wide">{askedOf}</td>
              <td>
                <DueMark due={due} overdue={isLateRequest(request, today)} />
              </td>
              <td>
                <StateMark state={state} />
              </td>
              <td className="table__number requests-register__wide">{controls.length}</td>
              <td className="table__number">{evidence.length}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
