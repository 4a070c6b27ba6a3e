import { type RedactionProfile, redactionProfiles } from '../../shared/domain/redaction-profile.ts';
import { t } from '../i18n/translate.ts';
import { Segmented } from '../ui/choice.tsx';

export interface RedactionChoiceProps {
  readonly value: RedactionProfile;
  readonly onChange: (profile: RedactionProfile) => void;
}

/** Whether the report names originals, or redacted copies in their place. */
export function RedactionChoice({ value, onChange }: RedactionChoiceProps) {
  return (
    <Segmented
      label={t('redaction.profile')}
      showLabel
      value={value}
      onChange={onChange}
      options={redactionProfiles.map((profile) => ({ value: profile, label: t(`redaction.profile.${profile}`) }))}
    />
  );
}
