import { useState } from 'react';
import type { EvidenceFact, EvidenceFields } from '../../shared/domain/evidence.ts';
import { isCollectedLate, sensitivities } from '../../shared/domain/evidence.ts';
import { formatDate, formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { TitleField } from '../record/title-field.tsx';
import { Button, DateField, Notice, Select, TextArea, TextField } from '../ui/index.ts';
import { readWrittenMoment } from './moment.ts';
import { MomentField } from './moment-field.tsx';
import { PeriodFields } from './period-fields.tsx';

export interface MetadataFormProps {
  readonly fields: EvidenceFields;
  /** ISO moment; nothing is collected after it. */
  readonly receivedAt: string;
  /** What the file says of itself; the day a picture was taken is proposed. */
  readonly facts?: readonly EvidenceFact[];
  readonly readOnly: boolean;
  readonly onChange: (patch: Partial<EvidenceFields>, typed: boolean) => void;
  readonly onLeaveField: () => void;
}

/** What the auditor says about the file. Saved by itself; the bytes never change. */
export function MetadataForm({ fields, receivedAt, facts = [], readOnly, onChange, onLeaveField }: MetadataFormProps) {
  const line = (field: 'source' | 'collector' | 'method', description?: string) => (
    <TextField
      label={t(`evidence.field.${field}`)}
      {...(description === undefined ? {} : { description })}
      value={fields[field]}
      onChange={(value) => onChange({ [field]: value }, true)}
      onBlur={onLeaveField}
      maxLength={400}
      isReadOnly={readOnly}
    />
  );
  const taken = readWrittenMoment(facts.find(({ name }) => name === 'taken-at')?.value ?? '');
  return (
    <div className="metadata">
      <TitleField
        label={t('evidence.field.title')}
        missing={t('evidence.field.title.needed')}
        value={fields.title}
        isReadOnly={readOnly}
        onChange={(title) => onChange({ title }, true)}
        onBlur={onLeaveField}
      />
      <TextArea
        label={t('evidence.field.description')}
        rows={2}
        value={fields.description}
        onChange={(description) => onChange({ description }, true)}
        onBlur={onLeaveField}
        isReadOnly={readOnly}
      />
      {line('source', t('evidence.field.source.hint'))}
      {line('collector')}
      {line('method')}
      {fields.method === '' && !readOnly ? (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame
        <div className="suggestions" role="group" aria-label={t('ways.method.suggestions')}>
          {usualMethods.map((way) => (
            <Button key={way} size="small" onPress={() => onChange({ method: t(`ways.method.${way}`) }, false)}>
              {t(`ways.method.${way}`)}
            </Button>
          ))}
        </div>
      ) : null}
      <MomentField
        label={t('ways.collectedAt')}
        value={fields.collectedAt}
        onChange={(collectedAt) => onChange({ collectedAt }, false)}
        isReadOnly={readOnly}
      />
      {isCollectedLate({ collectedAt: fields.collectedAt, receivedAt }) ? (
        <Notice tone="warning" title={t('ways.collectedAt.late', { moment: formatMoment(receivedAt) })} />
      ) : null}
      {fields.collectedAt === '' && taken !== '' && !readOnly ? (
        <p className="metadata__proposal">
          {t('ways.taken', { moment: taken.length === 10 ? formatDate(taken) : formatMoment(taken) })}{' '}
          <Button size="small" onPress={() => onChange({ collectedAt: taken }, false)}>
            {t('ways.taken.use')}
          </Button>
        </p>
      ) : null}
      <PeriodFields
        from={fields.effectiveFrom}
        to={fields.effectiveTo}
        readOnly={readOnly}
        onChange={(period) => onChange(period, false)}
      />
      <Select
        label={t('evidence.field.sensitivity')}
        value={fields.sensitivity}
        onChange={(sensitivity) => onChange({ sensitivity }, false)}
        isDisabled={readOnly}
        options={sensitivities.map((value) => ({ value, label: t(`evidence.sensitivity.${value}`) }))}
      />
      <DateField
        label={t('evidence.field.retainUntil')}
        description={t('evidence.field.retainUntil.hint')}
        value={fields.retainUntil}
        onChange={(day) => onChange({ retainUntil: day }, false)}
        isReadOnly={readOnly}
      />
      <TagsField value={fields.tags} readOnly={readOnly} onChange={(tags) => onChange({ tags }, true)} onLeaveField={onLeaveField} />
    </div>
  );
}

const usualMethods = ['export', 'screenshot', 'observation', 'received', 'photo'] as const;

interface TagsFieldProps {
  readonly value: readonly string[];
  readonly readOnly: boolean;
  readonly onChange: (tags: readonly string[]) => void;
  readonly onLeaveField: () => void;
}

/** Words separated by commas. What is typed stays as it is; a comma at the end is not lost while the next word is begun. */
function TagsField({ value, readOnly, onChange, onLeaveField }: TagsFieldProps) {
  const [text, setText] = useState(value.join(', '));
  return (
    <TextField
      label={t('evidence.field.tags')}
      description={t('evidence.field.tags.hint')}
      value={text}
      onChange={(next) => {
        setText(next);
        const tags = next.split(',').map((tag) => tag.trim());
        onChange([...new Set(tags.filter((tag) => tag !== ''))].slice(0, 50));
      }}
      onBlur={onLeaveField}
      maxLength={2000}
      isReadOnly={readOnly}
    />
  );
}
