import './filter-bar.css';
import type { Ref } from 'react';
import type { Finding, FindingState } from '../../shared/domain/finding.ts';
import { t } from '../i18n/translate.ts';
import { type FilterChip, FilterChips } from '../record/filter-chips.tsx';
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
  const chips: FilterChip[] = [];
  if (cell !== null) chips.push({ name: t('findings.filters.cell', { ...cell }), onRemove: () => onChange({ ...filter, cell: null }) });
  if (control !== null) {
    chips.push({ name: t('findings.filters.control', { control: controlName }), onRemove: () => onChange({ ...filter, control: null }) });
  }
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
        <FilterChips
          shown={shown}
          total={findings.length}
          chips={chips}
          onClear={chips.length === 0 && state === null && filter.text === '' ? null : () => onChange(noFilter)}
        />
      </div>
      <RiskMatrix
        counts={countCells(filterFindings(findings, { ...filter, cell: null }))}
        selected={cell}
        onSelect={(next) => onChange({ ...filter, cell: next })}
      />
    </div>
  );
}
