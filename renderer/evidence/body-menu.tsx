import { FolderInput, FolderOutput, Package } from 'lucide-react';
import { useState } from 'react';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { BodyImport } from '../../shared/ipc/evidence.ts';
import { shell } from '../bridge.ts';
import { formatBytes } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, Dialog, ErrorNotice, Menu, Notice, ProgressPanel, showToast } from '../ui/index.ts';
import { useLongTask } from '../use-long-task.ts';
import { HandOutDialog } from './hand-out-dialog.tsx';

export interface BodyMenuProps {
  readonly auditId: AuditId;
  /** Suggested for the folder's name. */
  readonly title: string;
  readonly mayEdit: boolean;
}

/** Hands all evidence of the audit out as one folder, or takes such a folder in. */
export function BodyMenu(props: BodyMenuProps) {
  const [open, setOpen] = useState<'out' | 'in' | null>(null);
  return (
    <>
      <Menu
        label={t('evidence.body')}
        entries={[
          { id: 'out', label: t('evidence.body.out'), icon: <FolderOutput aria-hidden="true" />, run: () => setOpen('out') },
          {
            id: 'in',
            label: t('evidence.body.in'),
            icon: <FolderInput aria-hidden="true" />,
            isDisabled: !props.mayEdit,
            run: () => setOpen('in'),
          },
        ]}
      >
        <Button icon={<Package aria-hidden="true" />}>{t('evidence.body')}</Button>
      </Menu>
      {open === 'out' ? <OutDialog {...props} onClose={() => setOpen(null)} /> : null}
      {open === 'in' ? <InDialog {...props} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

interface DialogProps extends BodyMenuProps {
  readonly onClose: () => void;
}

function OutDialog({ auditId, title, onClose }: DialogProps) {
  return (
    <HandOutDialog
      title={t('evidence.body.out')}
      onClose={onClose}
      handOut={async (task, reason) => {
        const picked = await shell('pickSave', { kind: 'folder', suggestedName: t('evidence.body.name', { title }).slice(0, 200) });
        if (picked === null) return false;
        const written = await task.run('evidence.exportBody', { auditId, token: picked.token, reason });
        if (written === null) return false;
        const { name, pieces: count, bytes } = written;
        showToast({ title: t('evidence.body.written', { name, count, size: formatBytes(bytes) }), tone: 'success' });
        return true;
      }}
    >
      {t('evidence.body.out.text')}
    </HandOutDialog>
  );
}

function InDialog({ auditId, onClose }: DialogProps) {
  const [result, setResult] = useState<BodyImport | null>(null);
  const [pickError, setPickError] = useState<unknown>(null);
  const task = useLongTask();
  const error = pickError ?? task.error;
  const run = async () => {
    setPickError(null);
    try {
      const picked = await shell('pickBody');
      if (picked !== null) setResult(await task.run('evidence.importBody', { auditId, token: picked.token }));
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
      title={t('evidence.body.in')}
      onSubmit={() => void run()}
      actions={
        task.running ? undefined : (
          <>
            {/* The button that was pressed leaves with the result; the focus must not leave with it, or Escape is not heard. */}
            <Button key={String(result === null)} autoFocus={result !== null} onPress={close}>
              {t(result === null ? 'common.cancel' : 'common.close')}
            </Button>
            {result === null ? (
              <Button type="submit" variant="primary">
                {t('evidence.body.choose')}
              </Button>
            ) : null}
          </>
        )
      }
    >
      <p>{t('evidence.body.in.text')}</p>
      {task.running ? <ProgressPanel label={t('evidence.body.running')} progress={task.progress} onCancel={task.cancel} /> : null}
      {result === null ? null : (
        <Notice
          tone={result.problems.length === 0 ? 'success' : 'warning'}
          title={t('evidence.body.taken', { linked: result.linked, attached: result.attached, problems: result.problems.length })}
        >
          {result.unknownControls === 0 ? null : <p>{t('evidence.body.unknown', { count: result.unknownControls })}</p>}
          <ul>
            {result.problems.slice(0, 20).map((problem) => (
              <li key={problem.path}>
                <span className="mono">{problem.path}</span>: {problem.message}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}
