import { SquareDashed } from 'lucide-react';
import { useState } from 'react';
import { type Evidence, evidenceLabel } from '../../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import { useCommands } from '../../commands.ts';
import { t } from '../../i18n/translate.ts';
import { Button, showToast } from '../../ui/index.ts';
import { RedactDialog } from './redact-dialog.tsx';

export interface RedactButtonProps {
  readonly evidence: Evidence;
  readonly onShow: (id: EvidenceId) => void;
}

/** Opens the editor for a redacted copy, by button, key and palette. */
export function RedactButton({ evidence, onShow }: RedactButtonProps) {
  const [open, setOpen] = useState(false);
  useCommands([{ id: 'evidence.redact', group: t('evidence.group'), title: t('redaction.open'), keys: 'x', run: () => setOpen(true) }]);
  const made = (copy: Evidence) => {
    setOpen(false);
    showToast({
      title: t('redaction.made', { label: evidenceLabel(copy.number), original: evidenceLabel(evidence.number) }),
      tone: 'success',
      action: { label: t('redaction.show'), run: () => onShow(copy.id) },
    });
  };
  return (
    <>
      <Button size="small" icon={<SquareDashed aria-hidden="true" />} shortcut="x" onPress={() => setOpen(true)}>
        {t('redaction.open')}
      </Button>
      {open ? <RedactDialog evidence={evidence} onClose={() => setOpen(false)} onMade={made} /> : null}
    </>
  );
}
