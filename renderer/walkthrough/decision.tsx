import { addressableDecisions } from '../../shared/domain/answer.ts';
import { t } from '../i18n/translate.ts';
import { RadioGroup } from '../ui/index.ts';
import type { PartProps } from './editing.ts';

/** What was decided for an addressable specification, 45 CFR 164.306(d)(3). */
export function Decision({ answer, edit, readOnly }: PartProps) {
  return (
    <RadioGroup
      label={t('walkthrough.decision')}
      className="decision"
      options={addressableDecisions.map((value) => ({ value, label: t(`walkthrough.decision.${value}`) }))}
      value={answer.addressableDecision}
      onChange={(addressableDecision) => edit({ addressableDecision })}
      isDisabled={readOnly}
    />
  );
}
