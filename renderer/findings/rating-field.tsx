import { t } from '../i18n/translate.ts';
import { Segmented } from '../ui/choice.tsx';

const ratings = ['1', '2', '3', '4', '5'] as const;

export interface RatingFieldProps {
  readonly kind: 'likelihood' | 'impact';
  /** 1..5. */
  readonly value: number;
  readonly isDisabled: boolean;
  readonly onChange: (value: number) => void;
}

/** One to five, with the word of the chosen number beside it. */
export function RatingField({ kind, value, isDisabled, onChange }: RatingFieldProps) {
  const chosen = ratings.find((rating) => rating === String(value)) ?? '3';
  return (
    <div className="rating-field">
      <Segmented
        label={t(`findings.matrix.${kind}`)}
        showLabel
        size="small"
        options={ratings.map((rating) => ({ value: rating, label: rating }))}
        value={chosen}
        isDisabled={isDisabled}
        onChange={(next) => onChange(Number(next))}
      />
      <span className="rating-field__word">{t(`findings.${kind}.${chosen}`)}</span>
    </div>
  );
}
