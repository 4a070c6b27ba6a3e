import './jump-field.css';
import { type RefObject, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';

export interface JumpFieldProps {
  readonly label: string;
  /** Where we are now. */
  readonly value: number;
  readonly most: number;
  readonly onJump: (value: number) => void;
  /** Said after the field, e.g. "of 12". */
  readonly after?: string;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
}

/** A number that says where we are and takes us elsewhere: a page, a line. Enter goes there, Escape forgets what was typed. */
export function JumpField({ label, value, most, onJump, after, inputRef }: JumpFieldProps) {
  /** Null while nobody types; then the place we are at may change without taking anybody's selection away. */
  const [typed, setTyped] = useState<string | null>(null);
  const go = () => {
    const wanted = Number.parseInt(typed ?? '', 10);
    setTyped(null);
    if (Number.isInteger(wanted)) onJump(Math.min(Math.max(1, wanted), most));
  };
  return (
    <TextField className="jump" value={typed ?? String(value)} onChange={setTyped}>
      <Label className="jump__label">{label}</Label>
      <Input
        {...(inputRef === undefined ? {} : { ref: inputRef })}
        className="jump__input numeric"
        inputMode="numeric"
        style={{ inlineSize: `${String(most).length + 2.5}ch` }}
        onFocus={(event) => {
          setTyped(event.currentTarget.value);
          event.currentTarget.select();
        }}
        onBlur={() => setTyped(null)}
        onKeyDownCapture={(event) => {
          if (event.key === 'Enter') go();
          else if (event.key === 'Escape') {
            setTyped(null);
            event.currentTarget.blur();
          } else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {after === undefined ? null : <span className="jump__after numeric">{after}</span>}
    </TextField>
  );
}
