import { useEffect, useState } from 'react';
import { TextField } from '../ui/text-field.tsx';

export interface TitleFieldProps {
  readonly label: string;
  /** Said while it is empty; an empty title is never saved. */
  readonly missing: string;
  readonly value: string;
  readonly isReadOnly: boolean;
  readonly onChange: (title: string) => void;
  readonly onBlur: () => void;
  readonly className?: string;
}

/** A title that must not be empty. What is typed stays as typed while the saved title comes back without outer spaces. */
export function TitleField({ label, missing, value, isReadOnly, onChange, onBlur, className }: TitleFieldProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped((before) => (before.trim() === value.trim() ? before : value)), [value]);
  return (
    <TextField
      label={label}
      value={typed}
      isReadOnly={isReadOnly}
      maxLength={400}
      {...(className === undefined ? {} : { className })}
      {...(typed.trim() === '' ? { error: missing } : {})}
      onChange={(next) => {
        setTyped(next);
        if (next.trim() !== '' && next.trim() !== value) onChange(next.trim());
      }}
      onBlur={() => {
        setTyped(value);
        onBlur();
      }}
    />
  );
}
