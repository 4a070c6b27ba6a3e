import './audits.css';
import { ArrowRightLeft, Ellipsis, ListFilter, PencilLine, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { Audit, AuditState } from '../../shared/domain/audit.ts';
import { mayWrite } from '../../shared/domain/person.ts';
import { call } from '../bridge.ts';
import { useCommands } from '../commands.ts';
import { t } from '../i18n/translate.ts';
import { useOpenVault } from '../session.ts';
import { ConfirmDialog, IconButton, Menu, showToast, TextField } from '../ui/index.ts';
import { ApplicabilityDialog } from './applicability-dialog.tsx';
import { EditAuditDialog } from './edit-audit-dialog.tsx';
import { UpdatesDialog } from './updates-dialog.tsx';

/** States a person can choose; signing is what makes an audit signed. */
type ChosenState = Exclude<AuditState, 'signed'>;
const chosenStates: readonly ChosenState[] = ['planning', 'fieldwork', 'review', 'archived'];

/** Edit the audit's own fields, or move it on. A signed audit is only archived; the Report screen reopens it. */
export function AuditMenu({ audit }: { readonly audit: Audit }) {
  const [editing, setEditing] = useState(false);
  const [showing, setShowing] = useState<'applicability' | 'updates' | null>(null);
  const [moving, setMoving] = useState<ChosenState | null>(null);
  const role = useOpenVault()?.me.role;
  const signed = audit.state === 'signed';
  const editable = role !== undefined && mayWrite(role) && !signed && audit.state !== 'archived';
  const movable = role !== undefined && mayWrite(role);
  useCommands(editable ? [{ id: 'audit.edit', title: t('audits.edit'), run: () => setEditing(true) }] : []);
  if (!movable) return null;

  const states = signed ? (['archived'] as const) : chosenStates.filter((state) => state !== audit.state);
  return (
    <>
      <Menu
        label={t('audits.more')}
        entries={[
          ...(editable
            ? [{ id: 'edit', label: t('audits.edit'), icon: <PencilLine aria-hidden="true" />, run: () => setEditing(true) }]
            : []),
          {
            id: 'applicability',
            label: t('audits.applicability'),
            icon: <ListFilter aria-hidden="true" />,
            run: () => setShowing('applicability'),
          },
          ...(editable
            ? [{ id: 'updates', label: t('audits.updates'), icon: <RefreshCw aria-hidden="true" />, run: () => setShowing('updates') }]
            : []),
          ...states.map((state) => ({
            id: state,
            label: t('audits.move', { state: t(`common.state.${state}`) }),
            icon: <ArrowRightLeft aria-hidden="true" />,
            run: () => setMoving(state),
          })),
        ]}
      >
        <IconButton label={t('audits.more')} icon={<Ellipsis aria-hidden="true" />} />
      </Menu>
      {editing ? <EditAuditDialog audit={audit} onClose={() => setEditing(false)} /> : null}
      {showing === 'applicability' ? <ApplicabilityDialog audit={audit} onClose={() => setShowing(null)} /> : null}
      {showing === 'updates' ? <UpdatesDialog audit={audit} onClose={() => setShowing(null)} /> : null}
      {moving === null ? null : <MoveDialog audit={audit} state={moving} onClose={() => setMoving(null)} />}
    </>
  );
}

interface MoveDialogProps {
  readonly audit: Audit;
  readonly state: ChosenState;
  readonly onClose: () => void;
}

function MoveDialog({ audit, state, onClose }: MoveDialogProps) {
  const [reason, setReason] = useState('');
  const name = t(`common.state.${state}`);
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('audits.move.title', { title: audit.title, state: name })}
      action={t('audits.move', { state: name })}
      onConfirm={async () => {
        await call('audits.setState', { auditId: audit.id, state, reason });
        showToast({ title: t('audits.moved', { state: name }), tone: 'success' });
      }}
    >
      <TextField
        label={t('audits.move.reason')}
        description={t('audits.move.reason.hint')}
        value={reason}
        onChange={setReason}
        optional
        autoFocus
      />
    </ConfirmDialog>
  );
}
