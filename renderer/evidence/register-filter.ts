import type { Evidence, Sensitivity } from '../../shared/domain/evidence.ts';
import { evidenceLabel, sensitivities } from '../../shared/domain/evidence.ts';
import { type ControlReference, controlKey, type EvidenceId } from '../../shared/domain/ids.ts';
import { foldText, searchParts } from '../../shared/domain/search-text.ts';
import { isUnlinked, type Relations } from './relations.ts';
import type { EvidenceType } from './types.ts';
import { evidenceType, shortType } from './types.ts';

export const linkFilters = ['linked', 'loose', 'findings'] as const;
export type LinkFilter = (typeof linkFilters)[number];

export const presences = ['hidden', 'only'] as const;
export type Presence = (typeof presences)[number];

/** What the register is narrowed to. `any` and the empty text narrow nothing. */
export interface EvidenceFilter {
  readonly search: string;
  readonly type: EvidenceType | 'any';
  readonly sensitivity: Sensitivity | 'any';
  readonly links: LinkFilter | 'any';
  readonly collector: string;
  readonly source: string;
  readonly tag: string;
  /** ISO days, both included. */
  readonly receivedFrom: string;
  readonly receivedTo: string;
  /** Speaks only about days outside the audit's period. */
  readonly outside: boolean;
  /** The day until which it is kept has passed. */
  readonly expired: boolean;
  /** Likely identifiers were found in it. */
  readonly suspected: boolean;
  readonly superseded: Presence | 'any';
  readonly redacted: Presence | 'any';
  /** `packId/controlId` of a control it is linked to. */
  readonly control: string;
}

export const noFilter: EvidenceFilter = {
  search: '',
  type: 'any',
  sensitivity: 'any',
  links: 'any',
  collector: '',
  source: '',
  tag: '',
  receivedFrom: '',
  receivedTo: '',
  outside: false,
  expired: false,
  suspected: false,
  superseded: 'any',
  redacted: 'any',
  control: '',
};

/** The parts of a filter beside the search, in the order of their chips. */
export const filterParts = [
  'links',
  'type',
  'sensitivity',
  'collector',
  'source',
  'tag',
  'receivedFrom',
  'receivedTo',
  'outside',
  'expired',
  'suspected',
  'superseded',
  'redacted',
  'control',
] as const satisfies readonly (keyof EvidenceFilter)[];
export type FilterPart = (typeof filterParts)[number];

/** What beside the evidence itself decides whether a piece passes. */
export interface FilterFacts {
  readonly relations: Relations;
  readonly suspected: ReadonlySet<EvidenceId>;
  /** Pieces whose content holds the search's words. */
  readonly found: ReadonlySet<EvidenceId>;
  readonly periodFrom: string;
  readonly periodTo: string;
  /** ISO day. */
  readonly today: string;
}

export const sortColumns = ['number', 'title', 'type', 'size', 'received', 'links'] as const;
export type SortColumn = (typeof sortColumns)[number];

export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

export const firstSort: Sort = { column: 'number', descending: false };

/** The parts that narrow the list now. */
export function activeParts(filter: EvidenceFilter): FilterPart[] {
  return filterParts.filter((part) => filter[part] !== noFilter[part]);
}

export function withoutPart(filter: EvidenceFilter, part: FilterPart): EvidenceFilter {
  return { ...filter, [part]: noFilter[part] };
}

export function isFiltered(filter: EvidenceFilter): boolean {
  return filter.search.trim() !== '' || activeParts(filter).length > 0;
}

/** A word that begins a hash, from so many digits on; fewer are in every other hash by chance. */
const shortestHash = 8;

/** The texts that are searched, put together once a piece: a list of thousands is searched at every key. */
const haystacks = new WeakMap<Evidence, string>();

function haystack(item: Evidence): string {
  const known = haystacks.get(item);
  if (known !== undefined) return known;
  const { title, originalName, description, source, collector, tags, relativePath } = item;
  const made = foldText(
    [evidenceLabel(item.number), title, originalName, relativePath, description, source, collector, ...tags].join('\n'),
  );
  haystacks.set(item, made);
  return made;
}

/** Every word of the search must occur somewhere in what is known of the evidence, the beginning of its hash included. */
export function matchesSearch(item: Evidence, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = haystack(item);
  return words.every((word) => text.includes(word) || (word.length >= shortestHash && item.sha256.startsWith(word)));
}

export function searchWords(search: string): string[] {
  return searchParts(foldText(search)).map(({ text }) => text);
}

export function filterEvidence(items: readonly Evidence[], filter: EvidenceFilter, facts: FilterFacts): Evidence[] {
  const words = searchWords(filter.search);
  const tests = activeParts(filter).map((part) => testOf(part, filter, facts));
  return items.filter((item) => (matchesSearch(item, words) || facts.found.has(item.id)) && tests.every((test) => test(item)));
}

/** Whether a piece passes one part of the filter. */
function testOf(part: FilterPart, filter: EvidenceFilter, facts: FilterFacts): (item: Evidence) => boolean {
  const { relations } = facts;
  switch (part) {
    case 'links':
      if (filter.links === 'loose') return (item) => relations.loose.has(item.id);
      return filter.links === 'findings' ? (item) => item.findings.length > 0 : (item) => !isUnlinked(item);
    case 'type':
      return (item) => evidenceType(item.mediaType) === filter.type;
    case 'sensitivity':
      return (item) => item.sensitivity === filter.sensitivity;
    case 'collector':
      return (item) => item.collector === filter.collector;
    case 'source':
      return (item) => item.source === filter.source;
    case 'tag':
      return (item) => item.tags.includes(filter.tag);
    case 'receivedFrom':
      return (item) => localDay(item.receivedAt) >= filter.receivedFrom;
    case 'receivedTo':
      return (item) => localDay(item.receivedAt) <= filter.receivedTo;
    case 'outside':
      return (item) => isOutside(item, facts);
    case 'expired':
      return (item) => item.retainUntil !== '' && item.retainUntil < facts.today;
    case 'suspected':
      return (item) => facts.suspected.has(item.id);
    case 'superseded':
      return (item) => relations.superseded.has(item.id) === (filter.superseded === 'only');
    case 'redacted':
      return (item) => (item.derivation === 'redacted') === (filter.redacted === 'only');
    case 'control':
      return (item) => item.controls.some((control: ControlReference) => controlKey(control) === filter.control);
  }
}

/** The day in the auditor's own time zone, as the table shows it. */
function localDay(moment: string): string {
  const date = new Date(moment);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** As the check `evidence-outside-period` judges: undated evidence is not outside. */
function isOutside({ effectiveFrom, effectiveTo }: Evidence, { periodFrom, periodTo }: FilterFacts): boolean {
  const from = effectiveFrom || effectiveTo;
  const to = effectiveTo || effectiveFrom;
  if (from === '') return false;
  return (periodFrom !== '' && to < periodFrom) || (periodTo !== '' && from > periodTo);
}

/** What occurs in the evidence, so that only that is offered; each list in alphabetical order. */
export interface FilterChoices {
  readonly types: readonly EvidenceType[];
  readonly sensitivities: readonly Sensitivity[];
  readonly collectors: readonly string[];
  readonly sources: readonly string[];
  readonly tags: readonly string[];
}

export function choicesOf(items: readonly Evidence[]): FilterChoices {
  const types = new Set<EvidenceType>();
  const found = new Set<Sensitivity>();
  const [collectors, sources, tags] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const item of items) {
    types.add(evidenceType(item.mediaType));
    found.add(item.sensitivity);
    if (item.collector !== '') collectors.add(item.collector);
    if (item.source !== '') sources.add(item.source);
    for (const tag of item.tags) tags.add(tag);
  }
  const sorted = (words: ReadonlySet<string>) => [...words].sort((left, right) => left.localeCompare(right));
  return {
    types: [...types],
    sensitivities: sensitivities.filter((value) => found.has(value)),
    collectors: sorted(collectors),
    sources: sorted(sources),
    tags: sorted(tags),
  };
}

/** Digits that a number is filled up to, so that 10 comes after 9. */
const longestNumber = 12;

/** Compared as plain text, it puts accents beside their letters and numbers in the order of counting; a locale's own order takes ten times as long. */
function naturalKey(text: string): string {
  return foldText(text).replace(/\d+/g, (digits) => digits.padStart(longestNumber, '0'));
}

/** By what the column shows. */
const keys: Readonly<Record<SortColumn, (item: Evidence) => string | number>> = {
  number: (item) => item.number,
  title: (item) => naturalKey(item.title),
  type: (item) => shortType(item.originalName, item.mediaType),
  size: (item) => item.size,
  received: (item) => item.receivedAt,
  links: (item) => item.controls.length + item.findings.length,
};

/** Sorted by the column; equal ones by number. */
export function sortEvidence(items: readonly Evidence[], { column, descending }: Sort): Evidence[] {
  const key = keys[column];
  const direction = descending ? -1 : 1;
  return items
    .map((item) => ({ item, key: key(item) }))
    .sort((left, right) => {
      if (left.key === right.key) return left.item.number - right.item.number;
      return left.key < right.key ? -direction : direction;
    })
    .map(({ item }) => item);
}
