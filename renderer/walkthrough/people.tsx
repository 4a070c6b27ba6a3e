import { X } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { t } from '../i18n/translate.ts';
import { TextField } from '../ui/index.ts';
import type { PartProps } from './editing.ts';

/** Who was interviewed, as removable names. */
export function People({ answer, edit, readOnly }: PartProps) {
  const [typed, setTyped] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const add = () => {
    const names = typed
      .split(/[;\n]/)
      .map((name) => name.trim())
      .filter((name) => name !== '' && !answer.interviewed.includes(name));
    setTyped('');
    if (names.length > 0) edit({ interviewed: [...answer.interviewed, ...names] });
  };
  const remove = (name: string) => {
    edit({ interviewed: answer.interviewed.filter((other) => other !== name) });
    input.current?.focus();
  };
  const key = (event: KeyboardEvent) => {
    const last = answer.interviewed.at(-1);
    if (event.key === 'Enter') add();
    else if (event.key === 'Backspace' && typed === '' && last !== undefined) remove(last);
  };
  return (
    <section className="pane-part" aria-labelledby="interviewed-title">
      <h3 id="interviewed-title">{t('walkthrough.interviewed')}</h3>
      {answer.interviewed.length === 0 ? null : (
        <ul className="people">
          {answer.interviewed.map((name) => (
            <li key={name} className="person-chip">
              {name}
              {readOnly ? null : (
                <button type="button" aria-label={t('walkthrough.interviewed.remove', { name })} onClick={() => remove(name)}>
                  <X aria-hidden="true" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {readOnly ? null : (
        <TextField
          label={t('walkthrough.interviewed')}
          hideLabel
          placeholder={t('walkthrough.interviewed.add')}
          value={typed}
          onChange={setTyped}
          onKeyDown={key}
          onBlur={add}
          maxLength={400}
          inputRef={input}
        />
      )}
    </section>
  );
}
