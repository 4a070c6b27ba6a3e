import { type RedactionProfile, redactionProfiles } from '../../shared/domain/redaction-profile.ts';
import { t } from '../i18n/translate.ts';
import { Checkbox, RadioGroup } from '../ui/index.ts';

/** How a body of evidence is handed out, and which pieces. */
export interface BodyChoice {
  readonly form: 'folder' | 'zip';
  /** Ids of the chosen checklists; null for everything, what is linked to nothing too. */
  readonly packIds: readonly string[] | null;
  readonly sensitive: boolean;
  readonly redaction: RedactionProfile;
}

export const everything: BodyChoice = { form: 'folder', packIds: null, sensitive: true, redaction: 'originals' };

export interface BodyOptionsProps {
  readonly packs: readonly { readonly id: string; readonly title: string }[];
  readonly choice: BodyChoice;
  readonly onChange: (choice: BodyChoice) => void;
}

/** The options of handing out all evidence: the form, the checklists, what is sensitive, redacted copies. */
export function BodyOptionsFields({ packs, choice, onChange }: BodyOptionsProps) {
  const { form, packIds, sensitive, redaction } = choice;
  const toggle = (id: string, on: boolean) => {
    const before = packIds ?? [];
    onChange({ ...choice, packIds: on ? [...before, id] : before.filter((other) => other !== id) });
  };
  return (
    <>
      <RadioGroup
        label={t('body.form')}
        value={form}
        onChange={(next) => onChange({ ...choice, form: next })}
        options={(['folder', 'zip'] as const).map((value) => ({ value, label: t(`body.form.${value}`) }))}
      />
      <RadioGroup
        label={t('body.which')}
        value={packIds === null ? 'all' : 'packs'}
        onChange={(next) => onChange({ ...choice, packIds: next === 'all' ? null : packs.map(({ id }) => id) })}
        options={(['all', 'packs'] as const).map((value) => ({ value, label: t(`body.which.${value}`) }))}
      />
      {packIds === null ? null : (
        <div className="body-options__packs">
          {packs.map(({ id, title }) => (
            <Checkbox key={id} isSelected={packIds.includes(id)} onChange={(on) => toggle(id, on)}>
              {title}
            </Checkbox>
          ))}
        </div>
      )}
      <Checkbox isSelected={!sensitive} onChange={(on) => onChange({ ...choice, sensitive: !on })}>
        {t('body.sensitive')}
      </Checkbox>
      <RadioGroup
        label={t('body.redaction')}
        value={redaction}
        onChange={(next) => onChange({ ...choice, redaction: next })}
        options={redactionProfiles.map((value) => ({
          value,
          label: t(`body.redaction.${value}`),
          description: t(`body.redaction.${value}.text`),
        }))}
      />
    </>
  );
}
