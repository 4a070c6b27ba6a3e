import { X } from 'lucide-react';
import type { Ref } from 'react';
import type { Finding, FindingState } from '../../shared/domain/finding.ts';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/choice.tsx';
import { SearchField } from '../ui/text-field.tsx';
import { countCells, type FindingFilter, filterFindings, noFilter } from './filter.ts';
import { RiskMatrix } from './risk-matrix.tsx';

export interface FilterBarProps {
  readonly findings: readonly Finding[];
  readonly filter: FindingFilter;
  readonly shown: number;
  /** The citation of the control the register is narrowed to. */
  readonly controlName: string;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly onChange: (filter: FindingFilter) => void;
}

/** Search, states and the matrix; each narrows the register, and the matrix counts what the others let through. */
export function FilterBar({ findings, filter, shown, controlName, searchRef, onChange }: FilterBarProps) {
  const { cell, control, state } = filter;
  const count = (of: FindingState) => findings.filter((finding) => finding.state === of).length;
  return (
    <div className="findings__filters">
      <div className="findings__controls">
        <SearchField
          label={t('findings.search')}
          value={filter.text}
          onChange={(text) => onChange({ ...filter, text })}
          inputRef={searchRef}
        />
        <Segmented
          label={t('findings.filters.state')}
          size="small"
          value={state ?? 'all'}
          onChange={(next) => onChange({ ...filter, state: next === 'all' ? null : next })}
          options={[
            { value: 'all', label: t('findings.filters.all', { count: findings.length }) },
            { value: 'open', label: t('findings.filters.open', { count: count('open') }) },
            { value: 'accepted', label: t('findings.filters.accepted', { count: count('accepted') }) },
            { value: 'closed', label: t('findings.filters.closed', { count: count('closed') }) },
          ]}
        />
        <div className="findings__chips">
          <span className="muted numeric">{t('findings.shown', { shown, total: findings.length })}</span>
          {cell === null ? null : (
            <Chip name={t('findings.filters.cell', { ...cell })} onRemove={() => onChange({ ...filter, cell: null })} />
          )}
          {control === null ? null : (
            <Chip name={t('findings.filters.control', { control: controlName })} onRemove={() => onChange({ ...filter, control: null })} />
          )}
          {cell === null && control === null && state === null && filter.text === '' ? null : (
            <Button size="small" variant="quiet" onPress={() => onChange(noFilter)}>
              {t('findings.filters.clear')}
            </Button>
          )}
        </div>
      </div>
      <RiskMatrix
        counts={countCells(filterFindings(findings, { ...filter, cell: null }))}
        selected={cell}
        onSelect={(next) => onChange({ ...filter, cell: next })}
      />
    </div>
  );
}

function Chip({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }) {
  return (
    <Button size="small" icon={<X aria-hidden="true" />} aria-label={t('findings.filters.remove', { filter: name })} onPress={onRemove}>
      {name}
    </Button>
  );
}
