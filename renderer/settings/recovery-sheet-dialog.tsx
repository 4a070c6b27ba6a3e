import { useState } from 'react';
import { t } from '../i18n/translate.ts';
import { Button, Dialog } from '../ui/index.ts';
import { RecoverySheet } from '../unlock/recovery-sheet.tsx';

export interface RecoverySheetDialogProps {
  readonly title: string;
  readonly text: string;
  readonly vaultName: string;
  readonly personName: string;
  readonly code: string;
  readonly onClose: () => void;
}

/** Shows a code that exists nowhere else, so it only closes when it is kept. */
export function RecoverySheetDialog({ title, text, vaultName, personName, code, onClose }: RecoverySheetDialogProps) {
  const [confirmed, setConfirmed] = useState(false);
  const close = () => (confirmed ? onClose() : undefined);
  return (
    <Dialog
      isOpen
      onClose={close}
      title={title}
      actions={
        <Button variant="primary" isDisabled={!confirmed} onPress={close}>
          {t('common.done')}
        </Button>
      }
    >
      <p className="muted">{text}</p>
      <RecoverySheet vaultName={vaultName} personName={personName} code={code} confirmed={confirmed} onConfirm={setConfirmed} />
    </Dialog>
  );
}
