import './body-menu.css';
import { FileDown, FolderInput, FolderOutput, Package, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { BodyImport, BodyProblem } from '../../shared/ipc/evidence.ts';
import { shell } from '../bridge.ts';
import { formatBytes } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, Dialog, ErrorNotice, Menu, Notice, ProgressPanel, showToast } from '../ui/index.ts';
import { useLongTask } from '../use-long-task.ts';
import { BodyOptionsFields, everything } from './body-options.tsx';
import { DestroyedDialog } from './destroyed-dialog.tsx';
import { HandOutDialog } from './hand-out-dialog.tsx';

export interface BodyMenuProps {
  readonly auditId: AuditId;
  /** Suggested for the folder's name. */
  readonly title: string;
  readonly mayEdit: boolean;
  /** The audit's checklists. */
  readonly packs: readonly { readonly id: string; readonly title: string }[];
}

/** Hands evidence of the audit out as one folder or zip file, takes such in, and accounts for all of it on paper. */
export function BodyMenu(props: BodyMenuProps) {
  const [open, setOpen] = useState<'out' | 'in' | 'forms' | 'destroyed' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu
        label={t('evidence.body')}
        entries={[
          { id: 'out', label: t('body.out'), icon: <FolderOutput aria-hidden="true" />, run: () => setOpen('out') },
          {
            id: 'in',
            label: t('evidence.body.in'),
            icon: <FolderInput aria-hidden="true" />,
            isDisabled: !props.mayEdit,
            run: () => setOpen('in'),
          },
          { id: 'forms', label: t('custody.forms'), icon: <FileDown aria-hidden="true" />, run: () => setOpen('forms') },
          { id: 'destroyed', label: t('custody.destroyed'), icon: <Trash2 aria-hidden="true" />, run: () => setOpen('destroyed') },
        ]}
      >
        <Button icon={<Package aria-hidden="true" />}>{t('evidence.body')}</Button>
      </Menu>
      {open === 'out' ? <OutDialog {...props} onClose={close} /> : null}
      {open === 'in' ? <InDialog {...props} onClose={close} /> : null}
      {open === 'forms' ? <FormsDialog {...props} onClose={close} /> : null}
      {open === 'destroyed' ? <DestroyedDialog auditId={props.auditId} onClose={close} /> : null}
    </>
  );
}

interface DialogProps extends BodyMenuProps {
  readonly onClose: () => void;
}

function OutDialog({ auditId, title, packs, onClose }: DialogProps) {
  const [choice, setChoice] = useState(everything);
  return (
    <HandOutDialog
      title={t('body.out')}
      onClose={onClose}
      options={<BodyOptionsFields packs={packs} choice={choice} onChange={setChoice} />}
      isReady={choice.packIds === null || choice.packIds.length > 0}
      handOut={async (task, reason) => {
        const name = t('evidence.body.name', { title }).slice(0, 200);
        const picked = await shell('pickSave', {
          kind: choice.form === 'zip' ? 'body-zip' : 'folder',
          suggestedName: choice.form === 'zip' ? `${name}.zip` : name,
        });
        if (picked === null) return false;
        const packIds = choice.packIds === null ? null : [...choice.packIds];
        const written = await task.run('evidence.exportBody', { auditId, token: picked.token, reason, ...choice, packIds });
        if (written === null) return false;
        const { pieces: count, bytes, leftOut } = written;
        showToast({ title: t('body.written', { name: written.name, count, size: formatBytes(bytes), leftOut }), tone: 'success' });
        return true;
      }}
    >
      {t('body.out.text')}
    </HandOutDialog>
  );
}

/** One PDF with the custody form of every piece. */
function FormsDialog({ auditId, title, onClose }: DialogProps) {
  const task = useLongTask();
  const [pickError, setPickError] = useState<unknown>(null);
  const error = pickError ?? task.error;
  const run = async () => {
    setPickError(null);
    try {
      const suggestedName = `${t('custody.forms.name', { title }).slice(0, 200)}.pdf`;
      const picked = await shell('pickSave', { kind: 'custody-pdf', suggestedName });
      if (picked === null) return;
      const written = await task.run('custody.export', { auditId, evidenceId: null, token: picked.token });
      if (written === null) return;
      showToast({ title: t('custody.forms.saved', { name: written.name, count: written.forms }), tone: 'success' });
      onClose();
    } catch (thrown) {
      setPickError(thrown);
    }
  };
  const close = () => {
    task.cancel();
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('custody.forms')}
      size="small"
      onSubmit={() => void run()}
      actions={
        task.running ? undefined : (
          <>
            <Button onPress={close}>{t('common.cancel')}</Button>
            <Button type="submit" variant="primary">
              {t('evidence.export.choose')}
            </Button>
          </>
        )
      }
    >
      <p className="muted">{t('custody.forms.text')}</p>
      {task.running ? <ProgressPanel label={t('custody.forms.running')} progress={task.progress} onCancel={task.cancel} /> : null}
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}

/** Lines of the result that are listed. */
const mostProblems = 200;

function InDialog({ auditId, onClose }: DialogProps) {
  const [result, setResult] = useState<BodyImport | null>(null);
  const [pickError, setPickError] = useState<unknown>(null);
  const task = useLongTask();
  const error = pickError ?? task.error;
  const run = async (from: 'pickBody' | 'pickBodyZip') => {
    setPickError(null);
    try {
      const picked = await shell(from);
      if (picked !== null) setResult(await task.run('evidence.importBody', { auditId, token: picked.token }));
    } catch (thrown) {
      setPickError(thrown);
    }
  };
  // What was taken when it is cancelled stays; the result says how much.
  const close = task.running ? task.cancel : onClose;
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('evidence.body.in')}
      onSubmit={() => (result === null ? void run('pickBody') : undefined)}
      actions={
        task.running ? undefined : (
          <>
            {/* The button that was pressed leaves with the result; the focus must not leave with it, or Escape is not heard. */}
            <Button key={String(result === null)} autoFocus={result !== null} onPress={close}>
              {t(result === null ? 'common.cancel' : 'common.close')}
            </Button>
            {result === null ? (
              <>
                <Button onPress={() => void run('pickBodyZip')}>{t('body.in.zip')}</Button>
                <Button type="submit" variant="primary">
                  {t('body.in.folder')}
                </Button>
              </>
            ) : null}
          </>
        )
      }
    >
      <p className="muted">{t('body.in.text')}</p>
      {task.running ? <ProgressPanel label={t('evidence.body.running')} progress={task.progress} onCancel={task.cancel} /> : null}
      {result === null ? null : <TakenIn result={result} />}
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}

/** What became of a body of evidence: how much was taken in, and what was not, each with the reason. */
function TakenIn({ result }: { readonly result: BodyImport }) {
  const { linked, attached, problems, remarks, unknownControls, notReached } = result;
  const counts = t('evidence.body.taken', { linked, attached, problems: problems.length });
  const taken = linked + attached;
  const isClean = problems.length + remarks.length + notReached === 0;
  return (
    <Notice
      tone={isClean ? 'success' : 'warning'}
      title={notReached === 0 ? counts : t('body.in.cancelled', { taken, total: taken + problems.length + notReached })}
    >
      {notReached === 0 ? null : (
        <p>
          {counts}. {t('body.in.again')}
        </p>
      )}
      {unknownControls === 0 ? null : <p>{t('evidence.body.unknown', { count: unknownControls })}</p>}
      <Problems problems={problems} />
      {remarks.length === 0 ? null : (
        <>
          <p>{t('body.in.remarks')}</p>
          <Problems problems={remarks} />
        </>
      )}
    </Notice>
  );
}

function Problems({ problems }: { readonly problems: readonly BodyProblem[] }) {
  return (
    <>
      <ul className="body-problems">
        {problems.slice(0, mostProblems).map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and an index may name a file twice
          <li key={index}>
            <span className="mono body-problems__path">{problem.path}</span> {problem.message}
          </li>
        ))}
      </ul>
      {problems.length <= mostProblems ? null : <p>{t('evidence.body.more', { count: problems.length - mostProblems })}</p>}
    </>
  );
}
