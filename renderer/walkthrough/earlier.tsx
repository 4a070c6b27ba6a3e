import './earlier.css';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { ControlDetail } from '../../shared/ipc/answers.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, showError, VerdictIcon, verdictWord } from '../ui/index.ts';
import { named } from './controller.ts';
import { changedParts } from './earlier-parts.ts';
import { WordDiff } from './word-diff.tsx';

interface EarlierProps {
  readonly auditId: AuditId;
  readonly detail: ControlDetail;
  readonly readOnly: boolean;
}

/** An answer that was given to an earlier text: what changed, word by word, and whether it still holds. */
export function Earlier({ auditId, detail, readOnly }: EarlierProps) {
  const { earlier, control } = detail;
  if (earlier === null) return null;
  const decide = (keep: boolean) => void call('answers.decideEarlier', { auditId, ...named(detail.answer), keep }).catch(showError);
  return (
    <section className="earlier" aria-labelledby="earlier-title">
      <h3 id="earlier-title" className="earlier__title">
        {t('walkthrough.earlier.title', { version: earlier.version })}
      </h3>
      {changedParts(earlier.control, control).map(({ name, before, after }) => (
        <div key={name} className="earlier__part">
          <span className="earlier__name">{name}</span>
          <WordDiff before={before} after={after} />
        </div>
      ))}
      <p>
        <VerdictIcon verdict={earlier.answer.verdict} /> {t('walkthrough.earlier.answer', { verdict: verdictWord(earlier.answer.verdict) })}
        {earlier.answer.rationale === '' ? null : <span className="muted"> {earlier.answer.rationale}</span>}
      </p>
      {readOnly ? null : (
        <div className="earlier__actions">
          <Button size="small" onPress={() => decide(true)}>
            {t('walkthrough.earlier.keep')}
          </Button>
          <Button size="small" onPress={() => decide(false)}>
            {t('walkthrough.earlier.letGo')}
          </Button>
        </div>
      )}
    </section>
  );
}
