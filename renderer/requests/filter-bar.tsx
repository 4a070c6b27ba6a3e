import type { Ref } from 'react';
import type { EvidenceRequest } from '../../shared/domain/request.ts';
import { isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { FilterChips } from '../record/filter-chips.tsx';
import { Segmented } from '../ui/choice.tsx';
import { ListBar } from '../ui/list-bar.tsx';
import { SearchField } from '../ui/text-field.tsx';
import { isInView, noFilter, type RequestFilter, requestViews } from './filter.ts';

export interface FilterBarProps {
  readonly requests: readonly EvidenceRequest[];
  readonly filter: RequestFilter;
  readonly shown: number;
  /** The citation of the control the list is narrowed to. */
  readonly controlName: string;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly onChange: (filter: RequestFilter) => void;
}

/** Search and states; each state counts what is in it. */
export function FilterBar({ requests, filter, shown, controlName, searchRef, onChange }: FilterBarProps) {
  const today = isoDay(new Date());
  const count = (view: RequestFilter['view']) => requests.filter((request) => isInView(request, view, today)).length;
  const { control, text, view } = filter;
  return (
    <ListBar>
      <SearchField
        label={t('requests.search')}
        value={text}
        onChange={(next) => onChange({ ...filter, text: next })}
        inputRef={searchRef}
      />
      <Segmented
        label={t('requests.filters.view')}
        size="small"
        value={view}
        onChange={(next) => onChange({ ...filter, view: next })}
        options={requestViews.map((value) => ({ value, label: t(`requests.filters.${value}`, { count: count(value) }) }))}
      />
      <FilterChips
        shown={shown}
        total={requests.length}
        chips={
          control === null
            ? []
            : [{ name: t('requests.filters.control', { control: controlName }), onRemove: () => onChange({ ...filter, control: null }) }]
        }
        onClear={control === null && view === 'all' && text === '' ? null : () => onChange(noFilter)}
      />
    </ListBar>
  );
}
