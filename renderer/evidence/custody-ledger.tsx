import type { CustodyEvent } from '../../shared/domain/evidence.ts';
import { formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';

/** Who did what with the file and when. */
export function CustodyLedger({ events }: { readonly events: readonly CustodyEvent[] }) {
  if (events.length === 0) return <p className="evidence-detail__part muted">{t('evidence.custody.none')}</p>;
  return (
    <ol className="evidence-detail__part custody">
      {events.map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a ledger that only grows; two events may share everything else
        <li key={`${index} ${event.at}`} className="custody__event">
          <span className="custody__head">
            <span className="custody__action">{t(`evidence.custody.${event.action}`)}</span>
            <span className="muted numeric">{formatMoment(event.at)}</span>
          </span>
          <span>{event.person}</span>
          {event.detail === '' ? null : <span className="custody__detail">{event.detail}</span>}
        </li>
      ))}
    </ol>
  );
}
