import { useEffect, useMemo, useRef, useState } from 'react';
import type { Evidence, Sensitivity } from '../../shared/domain/evidence.ts';
import { sensitivities } from '../../shared/domain/evidence.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import { t } from '../i18n/translate.ts';
import { Button, Checkbox, DateField, Dialog, ErrorNotice, ProgressPanel, Select, TextField } from '../ui/index.ts';
import { useLongTask } from '../use-long-task.ts';
import { idsOf, tellDescribed } from './bulk-actions.ts';
import { type BulkDraft, bulkChange, emptyDraft, isEmptyDraft } from './bulk-draft.ts';

export interface BulkEditDialogProps {
  readonly auditId: AuditId;
  readonly items: readonly Evidence[];
  readonly onClose: () => void;
}

/** Says the same of several pieces. Only what is ticked is changed, so that a field can be emptied, too. */
export function BulkEditDialog({ auditId, items, onClose }: BulkEditDialogProps) {
  const [draft, setDraft] = useState<BulkDraft>(emptyDraft);
  const task = useLongTask();
  const present = useMemo(() => [...new Set(items.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b)), [items]);
  const set = (change: Partial<BulkDraft>) => setDraft({ ...draft, ...change });
  const save = async () => {
    const changes = [{ evidenceIds: idsOf(items), ...bulkChange(draft) }];
    const result = await task.run('evidence.updateMany', { auditId, changes });
    if (result === null) return;
    tellDescribed(auditId, result);
    onClose();
  };
  // What was changed when it is cancelled stays, and can be undone.
  const close = task.running ? task.cancel : onClose;
  const isChanging = task.progress !== null && task.progress.done !== task.progress.total;
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isChanging) panel.current?.scrollIntoView({ block: 'end' });
  }, [isChanging]);
  const line = (field: 'collector' | 'source' | 'method') => (
    <Row name={t(`evidence.field.${field}`)} ticked={draft[field] !== null} onTick={(on) => set({ [field]: on ? '' : null })}>
      <TextField
        label={t(`evidence.field.${field}`)}
        value={draft[field] ?? ''}
        onChange={(value) => set({ [field]: value })}
        maxLength={400}
      />
    </Row>
  );
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('register.edit.title', { count: items.length })}
      onSubmit={() => void save()}
      actions={
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" isPending={task.running} isDisabled={isEmptyDraft(draft)}>
            {t('register.edit.save', { count: items.length })}
          </Button>
        </>
      }
    >
      <p className="muted">{t('register.edit.text')}</p>
      <Row
        name={t('evidence.field.sensitivity')}
        ticked={draft.sensitivity !== null}
        onTick={(on) => set({ sensitivity: on ? 'normal' : null })}
      >
        <Select<Sensitivity>
          label={t('evidence.field.sensitivity')}
          value={draft.sensitivity}
          onChange={(sensitivity) => set({ sensitivity })}
          options={sensitivities.map((value) => ({ value, label: t(`evidence.sensitivity.${value}`) }))}
        />
      </Row>
      {line('collector')}
      {line('source')}
      {line('method')}
      <Row name={t('evidence.field.retainUntil')} ticked={draft.retainUntil !== null} onTick={(on) => set({ retainUntil: on ? '' : null })}>
        <DateField
          label={t('evidence.field.retainUntil')}
          value={draft.retainUntil ?? ''}
          onChange={(retainUntil) => set({ retainUntil })}
        />
      </Row>
      <TextField
        label={t('register.edit.addTags')}
        description={t('evidence.field.tags.hint')}
        value={draft.addTags}
        onChange={(addTags) => set({ addTags })}
        maxLength={2000}
      />
      {present.length === 0 ? null : (
        <fieldset className="bulk-edit__tags" aria-label={t('register.edit.removeTags')}>
          <legend className="field__label">{t('register.edit.removeTags')}</legend>
          {present.map((tag) => (
            <Checkbox
              key={tag}
              isSelected={draft.removeTags.includes(tag)}
              onChange={(on) => set({ removeTags: on ? [...draft.removeTags, tag] : draft.removeTags.filter((other) => other !== tag) })}
            >
              {tag}
            </Checkbox>
          ))}
        </fieldset>
      )}
      {isChanging ? (
        <div ref={panel}>
          <ProgressPanel label={t('register.edit.running')} progress={task.progress} />
        </div>
      ) : null}
      {task.error === null ? null : <ErrorNotice error={task.error} />}
    </Dialog>
  );
}

interface RowProps {
  readonly name: string;
  readonly ticked: boolean;
  readonly onTick: (ticked: boolean) => void;
  readonly children: React.ReactNode;
}

function Row({ name, ticked, onTick, children }: RowProps) {
  return (
    <div className="bulk-edit__row">
      <Checkbox aria-label={t('register.edit.change', { field: name })} isSelected={ticked} onChange={onTick}>
        {''}
      </Checkbox>
      {children}
    </div>
  );
}
