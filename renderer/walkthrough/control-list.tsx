import './control-list.css';
import type { Ref } from 'react';
import type { ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import { t } from '../i18n/translate.ts';
import { Button, SearchField } from '../ui/index.ts';
import { ControlRows } from './control-rows.tsx';
import type { ListFilter } from './filter.ts';
import { listFilters } from './filter.ts';

export interface ControlListProps {
  readonly rows: readonly ControlRow[];
  readonly counts: Readonly<Record<ListFilter, number>>;
  readonly current: string | null;
  readonly filter: ListFilter;
  readonly search: string;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly onFilter: (filter: ListFilter) => void;
  readonly onSearch: (search: string) => void;
  readonly onOpen: (reference: ControlReference) => void;
  /** Pieces of evidence were dropped on a control; null where nothing may be changed. */
  readonly onEvidence: ((reference: ControlReference, ids: EvidenceId[]) => void) | null;
}

/** The second column: the controls of the section, filtered and searched. */
export function ControlList(props: ControlListProps) {
  const { rows, counts, filter, search, searchRef, onFilter, onSearch } = props;
  return (
    <section className="control-list" aria-label={t('walkthrough.list')}>
      <div className="control-list__head">
        <fieldset className="control-list__filters" aria-label={t('walkthrough.filter')}>
          {listFilters.map((name) => (
            <button key={name} type="button" className="pill" aria-pressed={name === filter} onClick={() => onFilter(name)}>
              {t(`walkthrough.filter.${name}`)} <span className="numeric">{counts[name]}</span>
            </button>
          ))}
        </fieldset>
        <SearchField
          label={t('walkthrough.search')}
          value={search}
          onChange={onSearch}
          inputRef={searchRef}
          className="control-list__search"
        />
        {search.trim() === '' ? null : <p className="control-list__note">{t('walkthrough.search.everywhere')}</p>}
      </div>
      {rows.length > 0 ? (
        <ControlRows {...props} />
      ) : (
        <div className="control-list__empty">
          <p className="control-list__empty-title">{t('walkthrough.list.none')}</p>
          <p className="muted">{t('walkthrough.list.none.text')}</p>
          <Button
            size="small"
            onPress={() => {
              onFilter('all');
              onSearch('');
            }}
          >
            {t('walkthrough.list.showAll')}
          </Button>
        </div>
      )}
    </section>
  );
}
