import './ways-in.css';
import { useState } from 'react';
import { t } from '../i18n/translate.ts';
import { DateField, TextField } from '../ui/index.ts';
import { joinMoment, readTime, splitMoment } from './moment.ts';

export interface MomentFieldProps {
  readonly label: string;
  /** ISO day, ISO moment with its offset, or empty. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isReadOnly?: boolean;
}

/** A day and, when it is known, the time of day. */
export function MomentField({ label, value, onChange, isReadOnly = false }: MomentFieldProps) {
  const parts = splitMoment(value);
  // What is being typed is shown as it is until it is a time.
  const [typed, setTyped] = useState<string | null>(null);
  const unreadable = typed !== null && readTime(typed) === null;
  return (
    <div className="moment-field">
      <DateField label={label} value={parts.day} onChange={(day) => onChange(joinMoment({ ...parts, day }))} isReadOnly={isReadOnly} />
      <TextField
        label={t('ways.time')}
        value={typed ?? parts.time}
        onChange={(text) => {
          setTyped(text);
          const time = readTime(text);
          if (time !== null && parts.day !== '') onChange(joinMoment({ day: parts.day, time }));
        }}
        onBlur={() => (unreadable ? undefined : setTyped(null))}
        placeholder={parts.day === '' ? '' : t('ways.time.example')}
        maxLength={5}
        isReadOnly={isReadOnly}
        isDisabled={parts.day === ''}
        error={unreadable ? t('ways.time.unreadable') : ''}
      />
    </div>
  );
}
