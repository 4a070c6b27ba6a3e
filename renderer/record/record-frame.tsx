import './record-frame.css';
import type { ReactNode } from 'react';
import type { DraftStatus } from './drafts.ts';
import { SaveLabel } from './save-label.tsx';
import { TitleField, type TitleFieldProps } from './title-field.tsx';

export interface RecordFrameProps {
  /** Its name for a screen reader. */
  readonly name: string;
  /** Its number, such as F-003. */
  readonly label: string;
  /** What stands beside the number. */
  readonly mark: ReactNode;
  readonly status: DraftStatus;
  readonly onRetry: () => void;
  /** Buttons at the end of the head. */
  readonly actions: ReactNode;
  readonly title: Omit<TitleFieldProps, 'className'>;
  readonly children: ReactNode;
}

/** The frame of one record that is read and edited beside its list: number, state of saving, title, and the rest. */
export function RecordFrame({ name, label, mark, status, onRetry, actions, title, children }: RecordFrameProps) {
  return (
    <article className="record" aria-label={name}>
      <header className="record__head">
        <span className="mono record__label">{label}</span>
        {mark}
        <span className="record__status">
          <SaveLabel status={status} onRetry={onRetry} />
        </span>
        {actions}
      </header>
      <TitleField {...title} className="record__title" />
      {children}
    </article>
  );
}
