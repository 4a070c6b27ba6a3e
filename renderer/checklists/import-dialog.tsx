import { FileUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ImportResult } from '../../shared/ipc/packs.ts';
import { call, shell } from '../bridge.ts';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, Dialog, ErrorNotice, Loading, Notice, showToast, TextField } from '../ui/index.ts';
import { FaultList } from './fault-list.tsx';
import { PackControls } from './pack-controls.tsx';

type Readable = Extract<ImportResult, { ok: true }>;

/** Picks a file, shows every fault or the whole checklist, and keeps it only when the auditor says so. */
export function ImportDialog({ onClose, onKept }: { readonly onClose: () => void; readonly onKept: (packId: string) => void }) {
  const [result, setResult] = useState<ImportResult | null>(null);
  const [reading, setReading] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [head, setHead] = useState({ id: '', version: '', title: '' });
  const [busy, setBusy] = useState(false);
  const asked = useRef(false);

  const pick = async () => {
    setError(null);
    try {
      const files = await shell('pickChecklists');
      if (files.length === 0) return;
      setReading(true);
      setResult(null);
      const read = await call('packs.inspect', { tokens: files.map((file) => file.token) });
      setResult(read);
      if (read.ok) setHead({ id: read.content.id, version: read.content.version, title: read.content.title });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setReading(false);
    }
  };
  // Whoever opens the dialog wants to choose a file.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void pick();
  }, []);

  const keep = async (read: Readable) => {
    setBusy(true);
    setError(null);
    try {
      const content = { ...read.content, ...head };
      // With another head it is another checklist, and the signature is not for it.
      const signature = JSON.stringify(content) === JSON.stringify(read.content) ? read.signature : null;
      const entry = await call('packs.save', { content, origin: read.origin, file: read.file, signature });
      showToast({ title: t('checklists.kept', { title: entry.title, count: entry.controls }), tone: 'success' });
      onKept(entry.id);
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  const readable = result?.ok === true ? result : null;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('checklists.import.title')}
      size="large"
      {...(readable === null ? {} : { onSubmit: () => void keep(readable) })}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button icon={<FileUp aria-hidden="true" />} onPress={() => void pick()}>
            {t(result === null ? 'checklists.import.pick' : 'checklists.import.other')}
          </Button>
          {readable === null ? null : (
            <Button type="submit" variant="primary" isPending={busy}>
              {t('checklists.import.keep')}
            </Button>
          )}
        </>
      }
    >
      {result === null && !reading ? <p className="muted">{t('checklists.import.text')}</p> : null}
      {reading ? <Loading /> : null}
      {error === null ? null : <ErrorNotice error={error} />}
      {result !== null && !result.ok ? (
        <>
          <Notice tone="error" title={t('checklists.import.refused', { count: result.faults.length + result.furtherFaults })}>
            {t('checklists.import.refused.text')}
          </Notice>
          <FaultList faults={result.faults} further={result.furtherFaults} label={t('checklists.faults')} />
        </>
      ) : null}
      {readable === null ? null : (
        <>
          <Notice tone="success" title={t('checklists.import.good', summaryOf(readable))}>
            {readable.signature === null
              ? t('checklists.unsigned')
              : t('checklists.import.signed', { signer: readable.signature.signer, day: formatDate(readable.signature.signedAt) })}
          </Notice>
          <div className="draft__columns">
            <TextField label={t('checklists.field.title')} value={head.title} onChange={(title) => setHead({ ...head, title })} />
            <TextField label={t('checklists.fact.id')} mono value={head.id} onChange={(id) => setHead({ ...head, id })} />
            <TextField
              label={t('checklists.fact.version')}
              mono
              value={head.version}
              onChange={(version) => setHead({ ...head, version })}
            />
          </div>
          {readable.advice.length === 0 ? null : (
            <details>
              <summary>{t('checklists.advice', { count: readable.advice.length + readable.furtherAdvice })}</summary>
              <FaultList faults={readable.advice} further={readable.furtherAdvice} label={t('checklists.advice.label')} />
            </details>
          )}
          <PackControls sections={readable.content.sections} />
        </>
      )}
    </Dialog>
  );
}

function summaryOf({ content, file }: Readable) {
  const controls = content.sections.flatMap((section) => section.controls);
  return { file, controls: controls.length, questions: controls.reduce((sum, control) => sum + control.questions.length, 0) };
}
