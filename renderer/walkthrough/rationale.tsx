import { Info } from 'lucide-react';
import type { Ref } from 'react';
import { t } from '../i18n/translate.ts';
import { TextArea, verdictWord } from '../ui/index.ts';
import type { PartProps } from './editing.ts';
import { missingRationale } from './editing.ts';

/** Why the verdict is what it is. Says when one is needed, and never stops anybody from going on. */
export function Rationale({ answer, edit, flush, readOnly, inputRef }: PartProps & { readonly inputRef: Ref<HTMLTextAreaElement> }) {
  const hint = hintText(answer);
  return (
    <div className="rationale">
      <TextArea
        label={t('walkthrough.rationale')}
        placeholder={t('walkthrough.rationale.placeholder')}
        rows={3}
        value={answer.rationale}
        onChange={(rationale) => edit({ rationale }, true)}
        onBlur={flush}
        isReadOnly={readOnly}
        inputRef={inputRef}
      />
      <div aria-live="polite">
        {hint === '' ? null : (
          <p className="rationale__hint">
            <Info aria-hidden="true" />
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

function hintText(answer: PartProps['answer']): string {
  const ready = answer.workStatus === 'ready-for-review' || answer.workStatus === 'reviewed';
  if (answer.verdict === 'not-assessed') return ready ? t('walkthrough.ready.notAssessed') : '';
  const missing = missingRationale(answer);
  if (missing === 'verdict') return t('walkthrough.rationale.needed', { verdict: verdictWord(answer.verdict) });
  return missing === 'decision' ? t('walkthrough.rationale.neededForDecision') : '';
}
