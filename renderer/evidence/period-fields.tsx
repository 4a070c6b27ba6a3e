import { useEffect, useState } from 'react';
import { isReversedPeriod } from '../../shared/domain/evidence.ts';
import { t } from '../i18n/translate.ts';
import { DateField } from '../ui/index.ts';

/** Days as `YYYY-MM-DD`, or empty. */
interface Period {
  readonly effectiveFrom: string;
  readonly effectiveTo: string;
}

export interface PeriodFieldsProps {
  readonly from: string;
  readonly to: string;
  readonly readOnly: boolean;
  readonly onChange: (period: Period) => void;
}

/** The days from and until which a piece speaks. An end before the beginning stays in the fields and is not handed on. */
export function PeriodFields({ from, to, readOnly, onChange }: PeriodFieldsProps) {
  const [entered, setEntered] = useState<Period>({ effectiveFrom: from, effectiveTo: to });
  useEffect(() => setEntered({ effectiveFrom: from, effectiveTo: to }), [from, to]);
  const change = (part: Partial<Period>) => {
    const next = { ...entered, ...part };
    setEntered(next);
    if (!isReversedPeriod(next)) onChange(next);
  };
  return (
    <>
      <DateField
        label={t('evidence.field.effectiveFrom')}
        value={entered.effectiveFrom}
        onChange={(effectiveFrom) => change({ effectiveFrom })}
        isReadOnly={readOnly}
      />
      <DateField
        label={t('evidence.field.effectiveTo')}
        value={entered.effectiveTo}
        onChange={(effectiveTo) => change({ effectiveTo })}
        isReadOnly={readOnly}
        error={isReversedPeriod(entered) ? t('evidence.field.period') : ''}
      />
    </>
  );
}
