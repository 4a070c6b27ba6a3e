import './ways-in.css';
import { useState } from 'react';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { ListCheck, ListImport, ListProblem } from '../../shared/ipc/ways-in.ts';
import { call, shell } from '../bridge.ts';
import { formatBytes } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, Dialog, ErrorNotice, Notice, ProgressPanel, showToast } from '../ui/index.ts';
import { useLongTask } from '../use-long-task.ts';
import { countsInWords, outcomeOf, outcomeWords } from './outcome-words.ts';

/** Rows that are shown of a list of problems or results. */
const mostShown = 500;

interface Checked extends ListCheck {
  readonly token: string;
}

/** Attaches the files that a CSV names, each with its controls and description, once nothing is wrong with any row. */
export function ImportListDialog({ auditId, onClose }: { readonly auditId: AuditId; readonly onClose: () => void }) {
  const task = useLongTask();
  const [checked, setChecked] = useState<Checked | null>(null);
  const [imported, setImported] = useState<ListImport | null>(null);
  const [error, setError] = useState<unknown>(null);
  const problems = imported?.problems.length ? imported.problems : (checked?.problems ?? []);
  const ready = checked !== null && checked.problems.length === 0 && imported === null;
  const done = imported !== null && imported.problems.length === 0;
  const attempt = async (work: () => Promise<void>) => {
    setError(null);
    try {
      await work();
    } catch (thrown) {
      setError(thrown);
    }
  };
  const choose = () =>
    attempt(async () => {
      const picked = await shell('pickList');
      if (picked === null) return;
      setImported(null);
      setChecked(null);
      const found = await task.run('evidence.checkList', { auditId, token: picked.token });
      if (found !== null) setChecked({ ...found, token: picked.token });
    });
  const template = () =>
    attempt(async () => {
      const picked = await shell('pickSave', { kind: 'csv', suggestedName: t('ways.list.template.name') });
      if (picked === null) return;
      const { name } = await call('evidence.listTemplate', { token: picked.token });
      showToast({ title: t('ways.list.template.saved', { name }), tone: 'success' });
    });
  const run = () =>
    attempt(async () => {
      if (checked !== null && ready) setImported(await task.run('evidence.importList', { auditId, token: checked.token }));
      else await choose();
    });
  const close = () => {
    task.cancel();
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('ways.list')}
      size="large"
      onSubmit={() => void run()}
      actions={
        task.running ? undefined : (
          <>
            <Button variant="quiet" onPress={() => void template()}>
              {t('ways.list.template')}
            </Button>
            {done ? null : <Button onPress={close}>{t('common.cancel')}</Button>}
            {ready || done ? <Button onPress={() => void choose()}>{t('ways.list.other')}</Button> : null}
            {done ? (
              <Button variant="primary" onPress={close}>
                {t('common.close')}
              </Button>
            ) : (
              <Button type="submit" variant="primary">
                {ready ? t('ways.list.run', { count: checked.rows }) : t(checked === null ? 'ways.list.choose' : 'ways.list.other')}
              </Button>
            )}
          </>
        )
      }
    >
      <p className="muted text-column">{t('ways.list.text')}</p>
      {task.running ? <ProgressPanel label={t('ways.list.reading')} progress={task.progress} onCancel={task.cancel} /> : null}
      <div aria-live="polite" className="list-import">
        {ready ? (
          <Notice tone="success" title={t('ways.list.good', { name: checked.name, count: checked.rows, size: formatBytes(checked.bytes) })}>
            {checked.ignored.length === 0 ? null : <p>{t('ways.list.ignored', { names: checked.ignored.join(', ') })}</p>}
          </Notice>
        ) : null}
        {ready && checked.late.length > 0 ? <Late late={checked.late} /> : null}
        {problems.length > 0 ? <Problems name={checked?.name ?? ''} problems={problems} /> : null}
        {done ? <Results imported={imported} /> : null}
      </div>
      {(error ?? task.error) === null ? null : <ErrorNotice error={error ?? task.error} />}
    </Dialog>
  );
}

function Problems({ name, problems }: { readonly name: string; readonly problems: readonly ListProblem[] }) {
  return (
    <Notice tone="error" title={t('ways.list.bad', { name, count: problems.length })}>
      <ul className="list-import__lines">
        {problems.slice(0, mostShown).map(({ line, code, value }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two problems of a line may be the same
          <li key={index}>
            <span className="muted">{t('ways.list.line', { line })}:</span> {t(`ways.list.problem.${code}`, { value })}
          </li>
        ))}
      </ul>
      {problems.length > mostShown ? <p>{t('ways.more', { count: problems.length - mostShown })}</p> : null}
    </Notice>
  );
}

/** Files are attached whatever their day is; it is more likely wrong in the list than anybody can go ahead of time. */
function Late({ late }: Pick<ListCheck, 'late'>) {
  return (
    <Notice tone="warning" title={t('ways.list.late', { count: late.length })}>
      <ul className="list-import__lines">
        {late.slice(0, mostShown).map(({ line, collectedAt }) => (
          <li key={line}>
            <span className="muted">{t('ways.list.line', { line })}:</span> {collectedAt}
          </li>
        ))}
      </ul>
      {late.length > mostShown ? <p>{t('ways.more', { count: late.length - mostShown })}</p> : null}
    </Notice>
  );
}

function Results({ imported: { results, notReached } }: { readonly imported: ListImport }) {
  const lines = results.map(outcomeOf);
  const failed = lines.filter(({ kind }) => kind === 'failed').length;
  return (
    <Notice tone={failed + notReached === 0 ? 'success' : 'warning'} title={countsInWords(lines, notReached)}>
      {notReached === 0 ? null : <p>{t('ways.notReached', { count: notReached })}</p>}
      <ul className="list-import__lines">
        {[...lines]
          .sort((one, other) => Number(other.kind === 'failed') - Number(one.kind === 'failed'))
          .slice(0, mostShown)
          .map((line) => (
            <li key={line.name}>
              <span className="mono">{line.name}</span> {outcomeWords(line)}
            </li>
          ))}
      </ul>
      {lines.length > mostShown ? <p>{t('ways.more', { count: lines.length - mostShown })}</p> : null}
    </Notice>
  );
}
