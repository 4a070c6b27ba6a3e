import './ways-in.css';
import { useEffect, useRef, useState } from 'react';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import { isBlankNote, type NoteContent, type NoteDraft, type NoteKind } from '../../shared/domain/note.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { SaveLabel } from '../record/save-label.tsx';
import { useDrafts } from '../record/use-drafts.ts';
import { Button, ConfirmDialog, Dialog, ErrorNotice, Loading, showError, showToast, TextArea, TextField } from '../ui/index.ts';
import type { AttachTarget } from './attach-store.ts';
import { momentNow } from './moment.ts';
import { MomentField } from './moment-field.tsx';

export interface NoteDialogProps {
  readonly kind: NoteKind;
  readonly target: AttachTarget;
  readonly onClose: () => void;
}

/** A note or an interview record: kept as it is typed, sealed when it is done. Closing it keeps what is written. */
export function NoteDialog({ kind, target, onClose }: NoteDialogProps) {
  const [note, setNote] = useState<NoteDraft | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { auditId } = target;
  const [control = null] = target.controls;
  const controlNow = useRef(control);
  useEffect(() => {
    let stopped = false;
    call('notes.open', { auditId, kind, control: controlNow.current }).then(
      (opened) => stopped || setNote(opened),
      (thrown) => stopped || setError(thrown),
    );
    return () => {
      stopped = true;
    };
  }, [auditId, kind]);
  if (note !== null) return <NoteForm note={note} onClose={onClose} />;
  return (
    <Dialog isOpen onClose={onClose} title={t(`ways.${kind}`)}>
      {error === null ? <Loading /> : <ErrorNotice error={error} />}
    </Dialog>
  );
}

function NoteForm({ note: opened, onClose }: { readonly note: NoteDraft; readonly onClose: () => void }) {
  const { id, kind } = opened;
  const drafts = useDrafts<NoteDraft, Partial<NoteContent>>((noteId, patch) => call('notes.save', { noteId, patch }));
  const note = drafts.overlay(opened);
  const [asking, setAsking] = useState(false);
  const [sealing, setSealing] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const edit = (patch: Partial<NoteContent>, typed = true) => drafts.edit(id, patch, typed);
  const complete = note.title.trim() !== '' && note.text.trim() !== '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for a note that was just begun
  useEffect(() => {
    if (opened.at === '' && isBlankNote(opened)) edit({ at: momentNow() }, false);
  }, []);

  const close = async () => {
    onClose();
    try {
      await drafts.flush();
      if (isBlankNote(note)) await call('notes.discard', { noteId: id });
    } catch (thrown) {
      showError(thrown);
    }
  };
  const seal = async () => {
    if (!complete || sealing) return;
    setSealing(true);
    setError(null);
    try {
      await drafts.flush();
      const { evidence } = await call('notes.seal', { noteId: id });
      drafts.forget(id);
      showToast({ title: t('ways.note.sealed', { label: evidenceLabel(evidence?.number ?? 0) }), tone: 'success' });
      onClose();
    } catch (thrown) {
      setError(thrown);
      setSealing(false);
    }
  };
  if (asking) {
    return (
      <ConfirmDialog
        isOpen
        onClose={() => setAsking(false)}
        title={t('ways.note.discard.title', { title: note.title.trim() || t(`ways.${kind}`) })}
        action={t('ways.note.discard')}
        danger
        onConfirm={async () => {
          await drafts.flush();
          await call('notes.discard', { noteId: id });
          drafts.forget(id);
          onClose();
        }}
      >
        <p>{t('ways.note.discard.text')}</p>
      </ConfirmDialog>
    );
  }
  return (
    <Dialog
      isOpen
      onClose={() => void close()}
      title={t(`ways.${kind}`)}
      size="large"
      onSubmit={() => void seal()}
      actions={
        <>
          <SaveLabel status={drafts.status(id)} onRetry={() => drafts.retry(id)} />
          <Button variant="quiet" isDisabled={isBlankNote(note)} onPress={() => setAsking(true)}>
            {t('ways.note.discard')}
          </Button>
          <Button onPress={() => void close()}>{t('ways.note.later')}</Button>
          <Button type="submit" variant="primary" isDisabled={!complete} isPending={sealing}>
            {t('ways.note.seal')}
          </Button>
        </>
      }
    >
      <p className="muted">{t('ways.note.text')}</p>
      <TextField
        label={t('evidence.field.title')}
        value={note.title}
        onChange={(title) => edit({ title })}
        maxLength={400}
        autoFocus
        // The form would take Enter for done.
        onKeyDown={(event) => (event.key === 'Enter' ? event.preventDefault() : undefined)}
      />
      <div className="note-form__row">
        <MomentField label={t('ways.note.at')} value={note.at} onChange={(at) => edit({ at }, false)} />
        <TextField label={t('ways.note.place')} value={note.place} onChange={(place) => edit({ place })} maxLength={400} />
      </div>
      <TextArea
        label={t(`ways.${kind}.people`)}
        description={t('ways.note.people.hint')}
        rows={2}
        value={note.people}
        onChange={(people) => edit({ people })}
        maxLength={4000}
      />
      <TextArea label={t('ways.note.body')} rows={10} value={note.text} onChange={(text) => edit({ text })} maxLength={100_000} />
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}
