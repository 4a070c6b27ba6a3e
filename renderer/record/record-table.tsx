import './record-table.css';
import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';
import { Link } from '../ui/link.tsx';

export interface RecordRowProps {
  /** Its number as the register writes it. */
  readonly code: ReactNode;
  readonly title: string;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  /** The cells after number and title. */
  readonly children: ReactNode;
}

/** A row of `<table class="table record-table">`. The title opens the record with the keyboard, a click anywhere in the row with the mouse. */
export function RecordRow({ code, title, isSelected, onSelect, children }: RecordRowProps) {
  return (
    <tr
      className={classNames('table__row--link', 'record-table__row', isSelected && 'record-table__row--selected')}
      aria-current={isSelected ? 'true' : undefined}
      onClick={onSelect}
    >
      <td className="mono record-table__code">{code}</td>
      <td className="record-table__title">
        <Link onPress={onSelect}>{title}</Link>
      </td>
      {children}
    </tr>
  );
}
