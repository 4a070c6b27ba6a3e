import './due-mark.css';
import { Clock } from 'lucide-react';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';

/** A due day; late ones in red with an icon and the word. */
export function DueMark({ due, overdue }: { readonly due: string; readonly overdue: boolean }) {
  if (due === '') return null;
  if (!overdue) return <span className="due-mark">{formatDate(due)}</span>;
  return (
    <span className="due-mark due-mark--late">
      <Clock aria-hidden="true" />
      {formatDate(due)}
      <span className="due-mark__word">{t('findings.overdue')}</span>
    </span>
  );
}
