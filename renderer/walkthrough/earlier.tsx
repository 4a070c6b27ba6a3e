import './earlier.css';
import type { Control } from '../../shared/domain/control.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { ControlDetail } from '../../shared/ipc/answers.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, showError, VerdictIcon, verdictWord } from '../ui/index.ts';
import { named } from './controller.ts';
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

/** The texts that differ, in the order in which they stand on the screen. */
export function changedParts(
  before: Control,
  after: Control,
): { readonly name: string; readonly before: string; readonly after: string }[] {
  const ids = [...new Set([...after.questions, ...before.questions].map((question) => question.id))];
  const text = (control: Control, id: string) => {
    const question = control.questions.find((candidate) => candidate.id === id);
    return question === undefined ? '' : [question.text, question.good].filter(Boolean).join(' ');
  };
  return [
    { name: t('walkthrough.earlier.citations'), before: before.citations.join(', '), after: after.citations.join(', ') },
    { name: t('walkthrough.earlier.control'), before: before.title, after: after.title },
    {
      name: t('walkthrough.earlier.requirement'),
      before: t(`common.requirement.${before.requirement}`),
      after: t(`common.requirement.${after.requirement}`),
    },
    { name: t('walkthrough.earlier.objective'), before: before.objective, after: after.objective },
    ...ids.map((id, index) => ({
      name: t('walkthrough.field.question', { number: index + 1 }),
      before: text(before, id),
      after: text(after, id),
    })),
  ].filter((part) => part.before !== part.after);
}
