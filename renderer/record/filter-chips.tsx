import './filter-chips.css';
import { X } from 'lucide-react';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';

/** A filter that is on and has no field of its own. */
export interface FilterChip {
  readonly name: string;
  readonly onRemove: () => void;
}

export interface FilterChipsProps {
  readonly shown: number;
  readonly total: number;
  readonly chips: readonly FilterChip[];
  /** Null when nothing is filtered. */
  readonly onClear: (() => void) | null;
}

/** How much of a list is shown, and what narrows it. */
export function FilterChips({ shown, total, chips, onClear }: FilterChipsProps) {
  return (
    <div className="filter-chips">
      <span className="muted numeric">{t('record.shown', { shown, total })}</span>
      {chips.map(({ name, onRemove }) => (
        <Button
          key={name}
          size="small"
          icon={<X aria-hidden="true" />}
          aria-label={t('record.filters.remove', { filter: name })}
          onPress={onRemove}
        >
          {name}
        </Button>
      ))}
      {onClear === null ? null : (
        <Button size="small" variant="quiet" onPress={onClear}>
          {t('record.filters.clear')}
        </Button>
      )}
    </div>
  );
}
