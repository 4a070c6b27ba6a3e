import './definition-list.css';
import type { ReactNode } from 'react';

/** Names with their values, set as two columns. Entries whose value is empty are left out. */
export function DefinitionList({ entries }: { readonly entries: readonly { readonly name: string; readonly value: ReactNode }[] }) {
  return (
    <dl className="definition-list">
      {entries
        .filter(({ value }) => value !== '' && value !== null && value !== undefined)
        .map(({ name, value }) => (
          <div key={name} className="definition-list__row">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
