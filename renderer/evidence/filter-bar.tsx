import './filter-bar.css';
import type { Ref } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { sensitivities } from '../../shared/domain/evidence.ts';
import { t } from '../i18n/translate.ts';
import { SearchField, Segmented, Select } from '../ui/index.ts';
import type { EvidenceFilter } from './register-filter.ts';
import { isUnlinked } from './register-filter.ts';
import { evidenceType, evidenceTypes } from './types.ts';

export type View = 'table' | 'gallery';

export interface FilterBarProps {
  readonly filter: EvidenceFilter;
  readonly items: readonly Evidence[];
  /** How many pass the filter. */
  readonly shown: number;
  readonly view: View;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly onFilter: (filter: EvidenceFilter) => void;
  readonly onView: (view: View) => void;
}

/** Search and filters over the evidence. Only types that occur are offered. */
export function FilterBar({ filter, items, shown, view, searchRef, onFilter, onView }: FilterBarProps) {
  const present = evidenceTypes.filter((type) => items.some((item) => evidenceType(item.mediaType) === type));
  return (
    <div className="evidence-filter">
      <SearchField
        label={t('evidence.search')}
        value={filter.search}
        onChange={(search) => onFilter({ ...filter, search })}
        inputRef={searchRef}
        className="evidence-filter__search"
      />
      <Select
        label={t('evidence.filter.type')}
        hideLabel
        className="evidence-filter__select"
        value={filter.type}
        onChange={(type) => onFilter({ ...filter, type })}
        options={[
          { value: 'any' as const, label: t('evidence.filter.any') },
          ...present.map((value) => ({ value, label: t(`evidence.type.${value}`) })),
        ]}
      />
      <Select
        label={t('evidence.filter.sensitivity')}
        hideLabel
        className="evidence-filter__select"
        value={filter.sensitivity}
        onChange={(sensitivity) => onFilter({ ...filter, sensitivity })}
        options={[
          { value: 'any' as const, label: t('evidence.filter.anySensitivity') },
          ...sensitivities.map((value) => ({ value, label: t(`evidence.sensitivity.${value}`) })),
        ]}
      />
      <button
        type="button"
        className="evidence-filter__pill"
        aria-pressed={filter.unlinked}
        onClick={() => onFilter({ ...filter, unlinked: !filter.unlinked })}
      >
        {t('evidence.filter.unlinked', { count: items.filter(isUnlinked).length })}
      </button>
      <span className="evidence-filter__end">
        <span className="muted numeric" aria-live="polite">
          {t('evidence.count', { shown, count: items.length })}
        </span>
        <Segmented
          label={t('evidence.view')}
          size="small"
          options={[
            { value: 'table' as const, label: t('evidence.view.table') },
            { value: 'gallery' as const, label: t('evidence.view.gallery') },
          ]}
          value={view}
          onChange={onView}
        />
      </span>
    </div>
  );
}
