import { useState } from 'react';
import { type HandOverAction, handOverActions } from '../../shared/domain/custody.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { call } from '../bridge.ts';
import { isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { ConfirmDialog, DateField, RadioGroup, showToast, TextField } from '../ui/index.ts';

export interface HandOverDialogProps {
  readonly evidenceId: EvidenceId;
  readonly label: string;
  readonly onClose: () => void;
}

const needed = ['from', 'to', 'purpose'] as const;

/** Notes that the piece, or what it was made from, went from one hand to another. */
export function HandOverDialog({ evidenceId, label, onClose }: HandOverDialogProps) {
  const [action, setAction] = useState<HandOverAction>('received');
  const [fields, setFields] = useState({ from: '', to: '', purpose: '', reference: '', at: isoDay(new Date()) });
  // It cannot be corrected afterwards, so a mistyped year must not get in.
  const toCome = fields.at > isoDay(new Date());
  const set = (name: keyof typeof fields) => (value: string) => setFields({ ...fields, [name]: value });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('custody.handOver.title', { label })}
      action={t('custody.handOver.save')}
      isDisabled={fields.at === '' || toCome || needed.some((name) => fields[name].trim() === '')}
      onConfirm={async () => {
        await call('custody.handOver', { evidenceIds: [evidenceId], action, ...fields });
        showToast({ title: t('custody.handOver.saved', { label }), tone: 'success' });
      }}
    >
      <p className="muted">{t('custody.handOver.text')}</p>
      <RadioGroup
        label={t('custody.handOver.action')}
        value={action}
        onChange={setAction}
        options={handOverActions.map((value) => ({
          value,
          label: t(`evidence.custody.${value}`),
          description: t(`custody.handOver.${value}`),
        }))}
      />
      <TextField label={t('custody.handOver.from')} value={fields.from} onChange={set('from')} maxLength={400} autoFocus />
      <TextField label={t('custody.handOver.to')} value={fields.to} onChange={set('to')} maxLength={400} />
      <DateField
        label={t('custody.handOver.at')}
        value={fields.at}
        onChange={set('at')}
        error={toCome ? t('custody.handOver.toCome') : ''}
      />
      <TextField label={t('custody.handOver.purpose')} value={fields.purpose} onChange={set('purpose')} maxLength={400} />
      <TextField label={t('custody.handOver.reference')} optional value={fields.reference} onChange={set('reference')} maxLength={400} />
    </ConfirmDialog>
  );
}
