import './filter-bar.css';
import type { Ref } from 'react';
import { t } from '../i18n/translate.ts';
import { SearchField, Segmented } from '../ui/index.ts';
import { FilterChips } from './filter-chips.tsx';
import { FilterPanel } from './filter-panel.tsx';
import type { EvidenceFilter, FilterChoices, Sort } from './register-filter.ts';
import type { View } from './register-memory.ts';
import type { ContentSearch } from './use-content-search.tsx';

export interface FilterBarProps {
  readonly filter: EvidenceFilter;
  readonly choices: FilterChoices;
  readonly sort: Sort;
  /** How many there are, how many pass the filter, and how many are linked to nothing. */
  readonly total: number;
  readonly shown: number;
  readonly loose: number;
  /** False while the rest of the evidence is still being read. */
  readonly complete: boolean;
  /** What the search in the content says of itself. */
  readonly content: Pick<ContentSearch, 'waiting' | 'more'>;
  readonly view: View;
  readonly controlName: string;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly onFilter: (filter: EvidenceFilter) => void;
  readonly onSort: (sort: Sort) => void;
  readonly onView: (view: View) => void;
}

/**
 * Search, the tray of what is linked to nothing, every filter behind one button, and the ways to look at the evidence. Before there is any,
 * only the last: what a checklist expects can be looked at from the first day.
 */
export function FilterBar(props: FilterBarProps) {
  const { filter, total, shown, loose, complete, content, view, searchRef, onFilter, onView } = props;
  const inTray = filter.links === 'loose';
  const hasList = view !== 'coverage' && total > 0;
  return (
    <div className="evidence-filter">
      {hasList ? (
        <>
          <SearchField
            label={t('evidence.search')}
            value={filter.search}
            onChange={(search) => onFilter({ ...filter, search })}
            inputRef={searchRef}
            className="evidence-filter__search"
          />
          <button
            type="button"
            className="evidence-filter__pill"
            aria-pressed={inTray}
            onClick={() => onFilter({ ...filter, links: inTray ? 'any' : 'loose' })}
          >
            {t('evidence.filter.unlinked', { count: loose })}
          </button>
          <FilterPanel {...props} />
        </>
      ) : null}
      <span className="evidence-filter__end">
        {hasList ? (
          <span className="muted numeric" aria-live="polite">
            {complete ? t('evidence.count', { shown, count: total }) : t('evidence.count.reading', { count: total })}
          </span>
        ) : null}
        <Segmented
          label={t('evidence.view')}
          size="small"
          options={[
            { value: 'table' as const, label: t('evidence.view.table') },
            { value: 'gallery' as const, label: t('evidence.view.gallery') },
            { value: 'coverage' as const, label: t('register.view.coverage') },
          ]}
          value={view}
          onChange={onView}
        />
      </span>
      {hasList ? <FilterChips {...props} /> : null}
      {!hasList || filter.search.trim() === '' || (content.waiting === 0 && !content.more) ? null : (
        <p className="evidence-filter__note" role="status">
          {content.waiting > 0 ? t('register.search.waiting', { count: content.waiting }) : t('register.search.more')}
        </p>
      )}
    </div>
  );
}
