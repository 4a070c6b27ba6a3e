import type { Control } from '../../shared/domain/control.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { HistoryEntry } from '../../shared/ipc/answers.ts';
import { formatMoment } from '../i18n/format.ts';
import { hasMessage, t } from '../i18n/translate.ts';
import { QueryView } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';

export interface HistoryProps {
  readonly auditId: AuditId;
  readonly packId: string;
  readonly control: Control;
}

/** Every change of the control's answer, newest first. */
export function History({ auditId, packId, control }: HistoryProps) {
  const query = useQuery('answers.history', { auditId, packId, controlId: control.id }, ['answers']);
  return (
    <div className="inspector__parts">
      <QueryView query={query}>
        {(entries) =>
          entries.length === 0 ? (
            <p className="muted">{t('walkthrough.history.none')}</p>
          ) : (
            <ol className="history">
              {entries.map((entry, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a log that only grows at its head
                <li key={`${entries.length - index} ${entry.at}`} className="history__entry">
                  <p className="history__who">
                    <span className="history__field">{fieldName(entry.field, control)}</span>
                    <span className="muted">
                      {entry.person}, {formatMoment(entry.at)}
                    </span>
                  </p>
                  <Change entry={entry} />
                </li>
              ))}
            </ol>
          )
        }
      </QueryView>
    </div>
  );
}

function Change({ entry }: { readonly entry: HistoryEntry }) {
  return (
    <p className="history__change">
      <span className="visually-hidden">{t('walkthrough.history.before')}: </span>
      <del>{shown(entry.field, entry.before)}</del>
      <span aria-hidden="true"> → </span>
      <span className="visually-hidden">{t('walkthrough.history.after')}: </span>
      <ins>{shown(entry.field, entry.after)}</ins>
    </p>
  );
}

function fieldName(field: string, control: Control): string {
  if (field.startsWith('questions.')) {
    const id = field.slice('questions.'.length);
    return t('walkthrough.field.question', { number: control.questions.findIndex((question) => question.id === id) + 1 });
  }
  const key = `walkthrough.field.${field}`;
  return hasMessage(key) ? t(key) : field;
}

/** Codes become the words of the screen; texts stay as they were written. */
function shown(field: string, value: string): string {
  if (value === '') return t('walkthrough.history.empty');
  if (field.startsWith('questions.')) {
    const [code = '', ...note] = value.split(': ');
    const key = `walkthrough.question.${code}`;
    return hasMessage(key) ? [t(key), ...note].join(': ') : value;
  }
  const words: Readonly<Record<string, string>> = {
    verdict: 'common.verdict',
    workStatus: 'common.work',
    addressableDecision: 'walkthrough.decision',
  };
  if (field === 'methods')
    return value
      .split(', ')
      .map((method) => word('common.method', method))
      .join(', ');
  const prefix = words[field];
  return prefix === undefined ? value : word(prefix, value);
}

function word(prefix: string, code: string): string {
  const key = `${prefix}.${code}`;
  return hasMessage(key) ? t(key) : code;
}
