import './due-mark.css';
import { Clock } from 'lucide-react';
import { formatShortDate } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';

/** A due day; late ones in red with an icon and the word. */
export function DueMark({ due, overdue }: { readonly due: string; readonly overdue: boolean }) {
  if (due === '') return null;
  const day = formatShortDate(due);
  if (!overdue) return <span className="due-mark due-mark__day">{day}</span>;
  return (
    <span className="due-mark due-mark--late">
      <span className="due-mark__day">
        <Clock aria-hidden="true" />
        {day}
      </span>
      <span className="due-mark__word">{t('record.overdue')}</span>
    </span>
  );
}
