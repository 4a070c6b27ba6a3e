import { type Sensitivity, sensitivities } from '../../../shared/domain/evidence.ts';
import { type RedactionKind, type Resolution, resolutions } from '../../../shared/domain/redaction.ts';
import type { RedactedCopy } from '../../../shared/ipc/redaction.ts';
import { formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { Checkbox, Segmented, Select, TextField } from '../../ui/index.ts';

export interface CopyFormProps {
  readonly kind: RedactionKind;
  readonly copy: RedactedCopy;
  readonly onChange: (patch: Partial<RedactedCopy>) => void;
  readonly resolution: Resolution;
  readonly onResolution: (resolution: Resolution) => void;
  /** Controls that the original is linked to. */
  readonly controls: number;
  readonly isReadOnly: boolean;
}

/** What the copy is called and taken for. */
export function CopyForm({ kind, copy, onChange, resolution, onResolution, controls, isReadOnly }: CopyFormProps) {
  return (
    <div className="redact-form">
      <TextField
        label={t('redaction.copy.title')}
        description={t('redaction.copy.title.hint')}
        value={copy.title}
        onChange={(title) => onChange({ title })}
        maxLength={400}
        isReadOnly={isReadOnly}
        {...(copy.title.trim() === '' ? { error: t('redaction.copy.title.needed') } : {})}
      />
      <Select<Sensitivity>
        label={t('redaction.copy.sensitivity')}
        value={copy.sensitivity}
        onChange={(sensitivity) => onChange({ sensitivity })}
        isDisabled={isReadOnly}
        options={sensitivities.map((value) => ({ value, label: t(`evidence.sensitivity.${value}`) }))}
      />
      {kind === 'pdf' ? (
        <Segmented
          label={t('redaction.copy.resolution')}
          showLabel
          value={String(resolution)}
          onChange={(value) => {
            const chosen = resolutions.find((candidate) => String(candidate) === value);
            if (chosen !== undefined) onResolution(chosen);
          }}
          isDisabled={isReadOnly}
          options={resolutions.map((value) => ({ value: String(value), label: formatNumber(value) }))}
        />
      ) : null}
      {controls === 0 ? null : (
        <Checkbox isSelected={copy.takeLinks} isDisabled={isReadOnly} onChange={(takeLinks) => onChange({ takeLinks })}>
          {t('redaction.copy.links', { count: controls })}
        </Checkbox>
      )}
      <p className="muted">{t(`redaction.copy.${kind}`)}</p>
    </div>
  );
}
