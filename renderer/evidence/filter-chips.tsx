import { X } from 'lucide-react';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/index.ts';
import { activeParts, type EvidenceFilter, type FilterPart, isFiltered, noFilter, withoutPart } from './register-filter.ts';

export interface FilterChipsProps {
  readonly filter: EvidenceFilter;
  /** The citation of the control the register is narrowed to. */
  readonly controlName: string;
  readonly onFilter: (filter: EvidenceFilter) => void;
}

/** Everything the register is narrowed to, each with a way to take it back. */
export function FilterChips({ filter, controlName, onFilter }: FilterChipsProps) {
  const parts = activeParts(filter);
  if (!isFiltered(filter)) return null;
  return (
    <ul className="evidence-chips" aria-label={t('register.filters.active')}>
      {parts.map((part) => {
        const words = partInWords(filter, part, controlName);
        return (
          <li key={part}>
            <Button
              size="small"
              className="evidence-chips__chip"
              icon={<X aria-hidden="true" />}
              aria-label={t('register.filters.remove', { words })}
              onPress={() => onFilter(withoutPart(filter, part))}
            >
              {words}
            </Button>
          </li>
        );
      })}
      <li>
        <Button size="small" variant="quiet" onPress={() => onFilter(noFilter)}>
          {t('evidence.none.clear')}
        </Button>
      </li>
    </ul>
  );
}

function partInWords(filter: EvidenceFilter, part: FilterPart, controlName: string): string {
  switch (part) {
    case 'links':
      return filter.links === 'any' ? '' : t(`register.links.${filter.links}`);
    case 'type':
      return filter.type === 'any' ? '' : t(`evidence.type.${filter.type}`);
    case 'sensitivity':
      return filter.sensitivity === 'any' ? '' : t(`evidence.sensitivity.${filter.sensitivity}`);
    case 'collector':
      return t('register.chip.collector', { name: filter.collector });
    case 'source':
      return t('register.chip.source', { name: filter.source });
    case 'tag':
      return t('register.chip.tag', { name: filter.tag });
    case 'receivedFrom':
      return t('register.chip.receivedFrom', { day: formatDate(filter.receivedFrom) });
    case 'receivedTo':
      return t('register.chip.receivedTo', { day: formatDate(filter.receivedTo) });
    case 'outside':
    case 'expired':
    case 'suspected':
      return t(`register.flag.${part}`);
    case 'superseded':
      return filter.superseded === 'any' ? '' : t(`register.superseded.${filter.superseded}`);
    case 'redacted':
      return filter.redacted === 'any' ? '' : t(`register.redacted.${filter.redacted}`);
    case 'control':
      return t('register.chip.control', { citation: controlName });
  }
}
