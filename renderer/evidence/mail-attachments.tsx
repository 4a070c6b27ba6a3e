import { useState } from 'react';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { call } from '../bridge.ts';
import { formatBytes } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, Checkbox, Dialog, QueryView, showError, showToast } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { pictureAttached } from './picture/keep-picture.ts';

export interface MailAttachmentsDialogProps {
  readonly evidenceId: EvidenceId;
  readonly name: string;
  readonly onClose: () => void;
}

/** The attachments of a sealed mail: those that are ticked become evidence of their own. */
export function MailAttachmentsDialog({ evidenceId, name, onClose }: MailAttachmentsDialogProps) {
  const query = useQuery('evidence.mailAttachments', { evidenceId }, []);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [busy, setBusy] = useState(false);
  const found = query.data ?? [];
  const chosen = found.filter(({ index }) => !left.has(index));
  const run = async () => {
    setBusy(true);
    for (const { index } of chosen) await takeMailAttachment(evidenceId, index);
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('ways.mail.title', { name })}
      onSubmit={() => void run()}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" isDisabled={chosen.length === 0} isPending={busy}>
            {t('ways.mail.take', { count: chosen.length })}
          </Button>
        </>
      }
    >
      <QueryView query={query}>
        {() =>
          found.length === 0 ? (
            <p>{t('ways.mail.none')}</p>
          ) : (
            <>
              <p className="muted">{t('ways.mail.text', { count: found.length })}</p>
              {found.map(({ index, name: attachment, size }) => (
                <Checkbox
                  key={index}
                  isSelected={!left.has(index)}
                  onChange={(on) => setLeft((before) => new Set(on ? [...before].filter((other) => other !== index) : [...before, index]))}
                >
                  {attachment === '' ? t('preview.mail.unnamed') : attachment} <span className="muted numeric">{formatBytes(size)}</span>
                </Checkbox>
              ))}
            </>
          )
        }
      </QueryView>
    </Dialog>
  );
}

/** Attaches one attachment of a mail and says what became of it. */
export async function takeMailAttachment(evidenceId: EvidenceId, index: number): Promise<void> {
  try {
    const { name, evidence, duplicateOf } = await call('evidence.takeAttachment', { evidenceId, index });
    if (duplicateOf === null) pictureAttached([evidence]);
    const label = evidenceLabel(evidence?.number ?? 0);
    showToast({ title: t(duplicateOf === null ? 'ways.mail.taken' : 'ways.mail.known', { name, label }), tone: 'success' });
  } catch (error) {
    showError(error);
  }
}
