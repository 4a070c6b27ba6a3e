import { ScanSearch } from 'lucide-react';
import { useState } from 'react';
import { type IdentifierKind, identifierKinds } from '../../../shared/domain/identifiers.ts';
import { identifierRanges, rangeToPlace, reasonOf } from '../../../shared/domain/redaction.ts';
import { t } from '../../i18n/translate.ts';
import { Button, Checkbox } from '../../ui/index.ts';
import type { Mark, NewMark } from './editor.ts';

export interface IdentifiersPanelProps {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly onMask: (marks: readonly NewMark[]) => void;
}

type Found = ReturnType<typeof identifierRanges>;

/** Everything that is likely an identifier, masked at once by kind. */
export function IdentifiersPanel({ text, marks, onMask }: IdentifiersPanelProps) {
  const [found, setFound] = useState<Found | null>(null);
  const [chosen, setChosen] = useState<readonly IdentifierKind[]>([]);
  const look = () => {
    const all = identifierRanges(text, identifierKinds);
    setFound(all);
    setChosen(identifierKinds.filter((kind) => all.some((range) => range.kind === kind)));
  };
  if (found === null) {
    return (
      <div>
        <Button size="small" icon={<ScanSearch aria-hidden="true" />} onPress={look}>
          {t('redaction.identifiers.look')}
        </Button>
      </div>
    );
  }
  const kinds = identifierKinds
    .map((kind) => ({ kind, count: found.filter((range) => range.kind === kind).length }))
    .filter(({ count }) => count > 0);
  if (kinds.length === 0) return <p className="muted">{t('evidence.identifiers.none')}</p>;
  const isMarked = (start: number, end: number) => marks.some(({ x, width }) => x <= start && x + width >= end);
  const open = found.filter(({ kind, start, end }) => chosen.includes(kind) && !isMarked(start, end));
  return (
    <div className="redact-identifiers">
      {kinds.map(({ kind, count }) => (
        <Checkbox
          key={kind}
          isSelected={chosen.includes(kind)}
          onChange={(selected) => setChosen(selected ? [...chosen, kind] : chosen.filter((other) => other !== kind))}
        >
          {t(`evidence.identifiers.count.${kind}`, { count })}
        </Checkbox>
      ))}
      <div>
        <Button
          size="small"
          isDisabled={open.length === 0}
          onPress={() => onMask(open.map(({ kind, ...range }) => ({ ...rangeToPlace(range, ''), reason: reasonOf(kind) })))}
        >
          {open.length === 0 ? t('redaction.identifiers.masked') : t('redaction.identifiers.mask', { count: open.length })}
        </Button>
      </div>
    </div>
  );
}
