import type { Sample } from '../../shared/domain/answer.ts';
import { emptySample } from '../../shared/domain/answer.ts';
import { formatNumber, formatPercent } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { NumberField, TextArea, TextField } from '../ui/index.ts';
import type { PartProps } from './editing.ts';
import { Fold } from './fold.tsx';

/** The sample that was drawn for a test. Folded away with a summary line until it is needed. */
export function SamplePart({ answer, edit, flush, readOnly }: PartProps) {
  const { sample } = answer;
  const change = (patch: Partial<Sample>, typed = false) => edit({ sample: { ...sample, ...patch } }, typed);
  const count = (field: 'population' | 'size' | 'deviations', error: string) => (
    <NumberField
      label={t(`walkthrough.sample.${field}`)}
      value={sample[field]}
      onChange={(value) => change({ [field]: value })}
      minValue={0}
      maxValue={1_000_000_000}
      isReadOnly={readOnly}
      error={error}
    />
  );
  return (
    <Fold title={t('walkthrough.sample')} summary={summarise(sample)}>
      {() => (
        <div className="sample">
          {count('population', '')}
          {count('size', exceeds(sample.size, sample.population) ? t('walkthrough.sample.tooLarge') : '')}
          {count('deviations', exceeds(sample.deviations, sample.size) ? t('walkthrough.sample.tooMany') : '')}
          <TextField
            label={t('walkthrough.sample.seed')}
            mono
            value={sample.seed}
            onChange={(seed) => change({ seed }, true)}
            onBlur={flush}
            maxLength={400}
            isReadOnly={readOnly}
          />
          <TextArea
            label={t('walkthrough.sample.description')}
            rows={2}
            className="sample__description"
            value={sample.description}
            onChange={(description) => change({ description }, true)}
            onBlur={flush}
            isReadOnly={readOnly}
          />
        </div>
      )}
    </Fold>
  );
}

function exceeds(part: number | null, whole: number | null): boolean {
  return part !== null && whole !== null && part > whole;
}

/** `25 of 61, seed 4417, 3 deviations (12 %)`. */
export function summarise(sample: Sample): string {
  if (JSON.stringify(sample) === JSON.stringify(emptySample)) return t('walkthrough.sample.none');
  const { population, size, deviations, seed } = sample;
  const parts: string[] = [];
  if (size !== null) {
    const drawn = formatNumber(size);
    parts.push(population === null ? drawn : t('walkthrough.sample.of', { size: drawn, population: formatNumber(population) }));
  }
  if (seed !== '') parts.push(t('walkthrough.sample.seedWas', { seed }));
  if (deviations !== null) {
    const share = size !== null && size > 0 ? ` (${formatPercent(deviations / size)})` : '';
    parts.push(t('walkthrough.sample.deviationsWere', { count: deviations }) + share);
  }
  return parts.join(', ');
}
