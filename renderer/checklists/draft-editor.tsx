import { ArrowDown, ArrowUp, BookCheck, Eye, PencilLine, Plus, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { differenceKey, type PackDraft, type PackDraftContent } from '../../shared/domain/pack-entry.ts';
import type { DraftState } from '../../shared/ipc/packs.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { SaveLabel } from '../record/save-label.tsx';
import { useDrafts } from '../record/use-drafts.ts';
import {
  Button,
  Checkbox,
  ConfirmDialog,
  DateField,
  Dialog,
  ErrorNotice,
  IconButton,
  Notice,
  QueryView,
  Section,
  Segmented,
  TextArea,
  TextField,
} from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import {
  addControl,
  addSection,
  type ControlPlace,
  changeControl,
  changeSection,
  controlAt,
  moveControl,
  moveSection,
  removeControl,
  removeSection,
} from './draft-content.ts';
import { DraftControl } from './draft-control.tsx';
import { PackControls } from './pack-controls.tsx';

export interface DraftEditorProps {
  readonly draftId: string;
  readonly writable: boolean;
  readonly onPublished: (packId: string) => void;
  readonly onDiscarded: () => void;
}

type DraftPatch = { content?: PackDraftContent; reasons?: Readonly<Record<string, string>> };

/** Writes or tailors a checklist. Everything typed is kept as it is typed; a version comes of it when it has no errors. */
export function DraftEditor(props: DraftEditorProps) {
  const { draftId } = props;
  const query = useQuery('packs.getDraft', { draftId }, ['packs'], { keepPrevious: true });
  const drafts = useDrafts<PackDraft, DraftPatch>(
    async (id, patch) => (await call('packs.saveDraft', { draftId: id, ...(patch as object) })).draft,
  );
  return (
    <QueryView query={query}>
      {(state) => (
        <Editor
          {...props}
          state={{ ...state, draft: drafts.overlay(state.draft) }}
          status={<SaveLabel status={drafts.status(draftId)} onRetry={() => drafts.retry(draftId)} />}
          edit={(patch) => drafts.edit(draftId, patch, true)}
          flush={drafts.flush}
          forget={() => drafts.forget(draftId)}
        />
      )}
    </QueryView>
  );
}

interface EditorProps extends DraftEditorProps {
  readonly state: DraftState;
  readonly status: React.ReactNode;
  readonly edit: (patch: DraftPatch) => void;
  readonly flush: () => Promise<void>;
  readonly forget: () => void;
}

function Editor({ draftId, writable, onPublished, onDiscarded, state, status, edit, flush, forget }: EditorProps) {
  const { draft, faults, differences } = state;
  const { content, reasons } = draft;
  const [mode, setMode] = useState<'write' | 'preview'>('write');
  const [place, setPlace] = useState<ControlPlace | null>(null);
  const [publishing, setPublishing] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const errors = useMemo(() => faults.filter((fault) => fault.severity === 'error'), [faults]);
  const change = (next: PackDraftContent) => edit({ content: next });
  const set = (fields: Partial<PackDraftContent>) => change({ ...content, ...fields });
  const missing = differences.filter((difference) => (reasons[differenceKey(difference)] ?? '').trim() === '');
  const shownControl = place === null ? undefined : controlAt(content, place);
  const removed = differences.filter((difference) => difference.kind === 'removed');
  const [source = { title: '', citation: '', asOf: '' }] = content.sources;
  return (
    <article className="draft">
      <header className="pack__head">
        <div>
          <h2 className="pack__title">{content.title.trim() === '' ? t('checklists.untitled') : content.title}</h2>
          <p className="muted">
            {draft.base === null
              ? t('checklists.draft.text')
              : t('checklists.based.on', { title: draft.base.title, version: draft.base.version })}
          </p>
        </div>
        <div className="pack__actions">
          {status}
          <Segmented
            label={t('checklists.mode')}
            options={[
              { value: 'write', label: t('checklists.mode.write'), icon: <PencilLine aria-hidden="true" /> },
              { value: 'preview', label: t('checklists.mode.preview'), icon: <Eye aria-hidden="true" /> },
            ]}
            value={mode}
            onChange={setMode}
          />
          {writable ? (
            <>
              <Button icon={<Trash2 aria-hidden="true" />} onPress={() => setDiscarding(true)}>
                {t('checklists.discard')}
              </Button>
              <Button variant="primary" icon={<BookCheck aria-hidden="true" />} onPress={() => setPublishing(true)}>
                {t('checklists.publish')}
              </Button>
            </>
          ) : null}
        </div>
      </header>
      {errors.length + missing.length === 0 ? null : (
        <Notice title={t('checklists.open', { errors: errors.length, reasons: missing.length })}>
          <ul>
            {errors.slice(0, 5).map((fault) => (
              <li key={`${fault.path} ${fault.message}`}>
                <span className="mono">{fault.path}</span> {fault.message}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {mode === 'preview' ? (
        <PackControls sections={content.sections} />
      ) : shownControl !== undefined && place !== null ? (
        <DraftControl
          control={shownControl}
          reason={reasonFor(state, shownControl.id)}
          onReason={(key, reason) => edit({ reasons: { ...reasons, [key]: reason } })}
          onChange={(next) => change(changeControl(content, place, next))}
          onBack={() => setPlace(null)}
          readOnly={!writable}
        />
      ) : (
        <>
          <div className="draft__columns">
            <TextField
              label={t('checklists.field.title')}
              value={content.title}
              onChange={(title) => set({ title })}
              isReadOnly={!writable}
            />
            <TextField label={t('checklists.fact.id')} mono value={content.id} onChange={(id) => set({ id })} isReadOnly={!writable} />
            <TextField
              label={t('checklists.fact.version')}
              mono
              value={content.version}
              onChange={(version) => set({ version })}
              isReadOnly={!writable}
            />
          </div>
          <TextArea
            label={t('checklists.field.summary')}
            rows={2}
            value={content.summary}
            onChange={(summary) => set({ summary })}
            isReadOnly={!writable}
          />
          <div className="draft__columns">
            <TextField
              label={t('checklists.field.source')}
              value={source.title}
              onChange={(title) => set({ sources: [{ ...source, title }, ...content.sources.slice(1)] })}
              isReadOnly={!writable}
            />
            <TextField
              label={t('checklists.field.citation')}
              value={source.citation}
              onChange={(citation) => set({ sources: [{ ...source, citation }, ...content.sources.slice(1)] })}
              isReadOnly={!writable}
            />
            <DateField
              label={t('checklists.field.asOf')}
              value={source.asOf}
              onChange={(asOf) => set({ sources: [{ ...source, asOf }, ...content.sources.slice(1)] })}
            />
          </div>
          <Section
            title={t('checklists.sections')}
            aside={
              writable ? (
                <Button size="small" icon={<Plus aria-hidden="true" />} onPress={() => change(addSection(content))}>
                  {t('checklists.section.add')}
                </Button>
              ) : null
            }
          >
            <div className="draft__outline">
              {content.sections.map((section, s) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: ids may be empty or twice while somebody writes
                <div key={s} className="draft__section">
                  <div className="draft__row">
                    <TextField
                      className="draft__grow"
                      label={t('checklists.section.title', { number: s + 1 })}
                      value={section.title}
                      onChange={(title) => change(changeSection(content, s, title))}
                      isReadOnly={!writable}
                    />
                    {writable ? (
                      <>
                        <Button
                          size="small"
                          icon={<Plus aria-hidden="true" />}
                          onPress={() => {
                            change(addControl(content, s));
                            setPlace({ section: s, control: section.controls.length });
                          }}
                        >
                          {t('checklists.control.add')}
                        </Button>
                        <MoveButtons name={section.title} onMove={(by) => change(moveSection(content, s, by))} />
                        <IconButton
                          label={t('checklists.section.remove', { title: section.title })}
                          icon={<Trash2 aria-hidden="true" />}
                          onPress={() => change(removeSection(content, s))}
                        />
                      </>
                    ) : null}
                  </div>
                  {section.controls.map((control, c) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: ids may be empty or twice while somebody writes
                    <div key={c} className="draft__control">
                      <AriaButton className="checklists__item" onPress={() => setPlace({ section: s, control: c })}>
                        <span className="checklists__name">{control.title.trim() === '' ? t('checklists.untitled') : control.title}</span>
                        <span className="checklists__facts">
                          <span className="mono">{control.id}</span>
                          {t('checklists.questions', { count: control.questions.length })}
                        </span>
                      </AriaButton>
                      {writable ? (
                        <>
                          <MoveButtons name={control.title} onMove={(by) => change(moveControl(content, { section: s, control: c }, by))} />
                          <IconButton
                            label={t('checklists.control.remove', { title: control.title })}
                            icon={<Trash2 aria-hidden="true" />}
                            onPress={() => change(removeControl(content, { section: s, control: c }))}
                          />
                        </>
                      ) : null}
                    </div>
                  ))}
                </div>
              ))}
            </div>
          </Section>
          {removed.length === 0 ? null : (
            <Section title={t('checklists.removals')}>
              {removed.map((difference) => (
                <TextField
                  key={difference.controlId}
                  label={t('checklists.reason.removed', { id: difference.controlId })}
                  value={reasons[differenceKey(difference)] ?? ''}
                  onChange={(reason) => edit({ reasons: { ...reasons, [differenceKey(difference)]: reason } })}
                  isReadOnly={!writable}
                />
              ))}
            </Section>
          )}
        </>
      )}
      {publishing ? (
        <PublishDialog
          draftId={draftId}
          content={content}
          flush={flush}
          forget={forget}
          onClose={() => setPublishing(false)}
          onPublished={onPublished}
        />
      ) : null}
      <ConfirmDialog
        isOpen={discarding}
        onClose={() => setDiscarding(false)}
        title={t('checklists.discard.title')}
        action={t('checklists.discard')}
        danger
        onConfirm={async () => {
          await flush();
          forget();
          await call('packs.discardDraft', { draftId });
          onDiscarded();
        }}
      >
        <p>{t('checklists.discard.text')}</p>
      </ConfirmDialog>
    </article>
  );
}

function MoveButtons({ name, onMove }: { readonly name: string; readonly onMove: (by: 1 | -1) => void }) {
  return (
    <>
      <IconButton label={t('checklists.move.up', { name })} icon={<ArrowUp aria-hidden="true" />} onPress={() => onMove(-1)} />
      <IconButton label={t('checklists.move.down', { name })} icon={<ArrowDown aria-hidden="true" />} onPress={() => onMove(1)} />
    </>
  );
}

interface PublishDialogProps {
  readonly draftId: string;
  readonly content: PackDraftContent;
  readonly flush: () => Promise<void>;
  readonly forget: () => void;
  readonly onClose: () => void;
  readonly onPublished: (packId: string) => void;
}

function PublishDialog({ draftId, content, flush, forget, onClose, onPublished }: PublishDialogProps) {
  const [sign, setSign] = useState(true);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const publish = async () => {
    setBusy(true);
    setError(null);
    try {
      await flush();
      const entry = await call('packs.publishDraft', { draftId, sign });
      forget();
      onPublished(entry.id);
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('checklists.publish.title', { title: content.title, version: content.version })}
      size="small"
      onSubmit={() => void publish()}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" isPending={busy}>
            {t('checklists.publish')}
          </Button>
        </>
      }
    >
      <p>{t('checklists.publish.text')}</p>
      <Checkbox isSelected={sign} onChange={setSign}>
        {t('checklists.publish.sign')}
      </Checkbox>
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}

/** The reason a control of a tailored checklist needs, with what was given so far; null when it is as in the base. */
function reasonFor({ draft, differences }: DraftState, controlId: string): { readonly key: string; readonly text: string } | null {
  const difference = differences.find((candidate) => candidate.controlId === controlId && candidate.kind !== 'removed');
  return difference === undefined ? null : { key: differenceKey(difference), text: draft.reasons[differenceKey(difference)] ?? '' };
}
