import { ListFilter } from 'lucide-react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { t } from '../i18n/translate.ts';
import { Button, Checkbox, DateField, type Option, Select } from '../ui/index.ts';
import {
  activeParts,
  type EvidenceFilter,
  type FilterChoices,
  linkFilters,
  presences,
  type Sort,
  type SortColumn,
  sortColumns,
} from './register-filter.ts';
import { evidenceTypes } from './types.ts';

export interface FilterPanelProps {
  readonly filter: EvidenceFilter;
  readonly choices: FilterChoices;
  readonly sort: Sort;
  readonly onFilter: (filter: EvidenceFilter) => void;
  readonly onSort: (sort: Sort) => void;
}

/** A button that opens every filter there is, and the order; columns that a narrow table hides are sorted by here. */
export function FilterPanel(props: FilterPanelProps) {
  const count = activeParts(props.filter).length;
  return (
    <DialogTrigger>
      <Button size="small" icon={<ListFilter aria-hidden="true" />}>
        {count === 0 ? t('register.filters') : t('register.filters.count', { count })}
      </Button>
      <Popover className="popover filter-panel" placement="bottom start">
        <Dialog className="filter-panel__body" aria-label={t('register.filters')}>
          <Fields {...props} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

const any = 'any' as const;

function Fields({ filter, choices, sort, onFilter, onSort }: FilterPanelProps) {
  const set = (change: Partial<EvidenceFilter>) => onFilter({ ...filter, ...change });
  const flag = (part: 'outside' | 'expired' | 'suspected') => (
    <Checkbox isSelected={filter[part]} onChange={(on) => set({ [part]: on })}>
      {t(`register.flag.${part}`)}
    </Checkbox>
  );
  const word = (part: 'collector' | 'source' | 'tag', words: readonly string[]) => (
    <WordSelect label={t(`register.filter.${part}`)} value={filter[part]} words={words} onChange={(value) => set({ [part]: value })} />
  );
  return (
    <>
      <div className="filter-panel__grid">
        <Select
          label={t('register.filter.links')}
          value={filter.links}
          onChange={(links) => set({ links })}
          options={[
            { value: any, label: t('register.any') },
            ...linkFilters.map((value) => ({ value, label: t(`register.links.${value}`) })),
          ]}
        />
        <Select
          label={t('evidence.filter.type')}
          value={filter.type}
          onChange={(type) => set({ type })}
          options={[
            { value: any, label: t('evidence.filter.any') },
            ...evidenceTypes
              .filter((type) => choices.types.includes(type) || type === filter.type)
              .map((value) => ({ value, label: t(`evidence.type.${value}`) })),
          ]}
        />
        <Select
          label={t('evidence.filter.sensitivity')}
          value={filter.sensitivity}
          onChange={(sensitivity) => set({ sensitivity })}
          options={[
            { value: any, label: t('evidence.filter.anySensitivity') },
            ...choices.sensitivities.map((value) => ({ value, label: t(`evidence.sensitivity.${value}`) })),
          ]}
        />
        {word('collector', choices.collectors)}
        {word('source', choices.sources)}
        {word('tag', choices.tags)}
        <DateField
          label={t('register.filter.receivedFrom')}
          value={filter.receivedFrom}
          onChange={(receivedFrom) => set({ receivedFrom })}
        />
        <DateField label={t('register.filter.receivedTo')} value={filter.receivedTo} onChange={(receivedTo) => set({ receivedTo })} />
        <Select
          label={t('register.filter.superseded')}
          value={filter.superseded}
          onChange={(superseded) => set({ superseded })}
          options={[
            { value: any, label: t('register.shown') },
            ...presences.map((value) => ({ value, label: t(`register.presence.${value}`) })),
          ]}
        />
        <Select
          label={t('register.filter.redacted')}
          value={filter.redacted}
          onChange={(redacted) => set({ redacted })}
          options={[
            { value: any, label: t('register.shown') },
            ...presences.map((value) => ({ value, label: t(`register.presence.${value}`) })),
          ]}
        />
      </div>
      <div className="filter-panel__flags">
        {flag('outside')}
        {flag('expired')}
        {flag('suspected')}
      </div>
      <div className="filter-panel__grid filter-panel__order">
        <Select<SortColumn>
          label={t('register.sort')}
          value={sort.column}
          onChange={(column) => onSort({ ...sort, column })}
          options={sortColumns.map((value) => ({ value, label: t(`evidence.column.${value}`) }))}
        />
        <Checkbox isSelected={sort.descending} onChange={(descending) => onSort({ ...sort, descending })}>
          {t('register.sort.descending')}
        </Checkbox>
      </div>
    </>
  );
}

interface WordSelectProps {
  readonly label: string;
  readonly value: string;
  readonly words: readonly string[];
  readonly onChange: (value: string) => void;
}

/** One of the words that occur. They carry a sign, because an empty key is none and a word may be called `any`. */
function WordSelect({ label, value, words, onChange }: WordSelectProps) {
  const offered = value === '' || words.includes(value) ? words : [value, ...words];
  const options: Option<string>[] = [
    { value: '*', label: t('register.any') },
    ...offered.map((word) => ({ value: `=${word}`, label: word })),
  ];
  return (
    <Select
      label={label}
      value={value === '' ? '*' : `=${value}`}
      options={options}
      onChange={(key) => onChange(key === '*' ? '' : key.slice(1))}
      isDisabled={offered.length === 0}
    />
  );
}
