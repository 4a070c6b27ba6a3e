import './redact.css';
import { useState } from 'react';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import { evidenceLabel } from '../../../shared/domain/evidence.ts';
import { redactionHindrance } from '../../../shared/domain/redaction.ts';
import { t } from '../../i18n/translate.ts';
import { Button, ConfirmDialog, Dialog, ErrorNotice, Notice, ProgressPanel } from '../../ui/index.ts';
import { RedactEditor } from './redact-editor.tsx';
import { discardMarks } from './use-kept-marks.ts';
import { useOriginal } from './use-original.ts';

export interface RedactDialogProps {
  readonly evidence: Evidence;
  readonly onClose: () => void;
  readonly onMade: (copy: Evidence) => void;
}

/** Makes a redacted copy. Where that is not possible it says why and what to do instead. */
export function RedactDialog(props: RedactDialogProps) {
  const hindrance = redactionHindrance(props.evidence);
  if (hindrance === null) return <OpenedDialog {...props} />;
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      size="small"
      title={titleOf(props.evidence)}
      actions={
        <Button autoFocus onPress={props.onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <Notice tone="warning" title={t(`redaction.hindrance.${hindrance}`)}>
        {t(`redaction.hindrance.${hindrance}.text`)}
      </Notice>
    </Dialog>
  );
}

function OpenedDialog({ evidence, onClose, onMade }: RedactDialogProps) {
  const { original, progress, error } = useOriginal(evidence.id);
  const [unsaved, setUnsaved] = useState(0);
  const [asking, setAsking] = useState(false);
  const close = () => (unsaved > 0 ? setAsking(true) : onClose());
  return (
    <Dialog isOpen onClose={close} size="window" title={titleOf(evidence)}>
      {error === null ? null : <ErrorNotice error={error} />}
      {original === null && error === null ? <ProgressPanel label={t('redaction.reading')} progress={progress} onCancel={onClose} /> : null}
      {original === null ? null : (
        <RedactEditor evidence={evidence} original={original} onUnsaved={setUnsaved} onClose={close} onMade={onMade} />
      )}
      <ConfirmDialog
        isOpen={asking}
        onClose={() => setAsking(false)}
        title={t('redaction.discard', { label: evidenceLabel(evidence.number) })}
        action={t('redaction.discard.action')}
        danger
        onConfirm={async () => {
          if (original !== null) await discardMarks(original.redactionId);
          onClose();
        }}
      >
        <p>{t('redaction.discard.text', { count: unsaved })}</p>
      </ConfirmDialog>
    </Dialog>
  );
}

function titleOf({ number, title }: Evidence): string {
  return t('redaction.title', { label: evidenceLabel(number), title });
}
