import type { Control } from '../../shared/domain/control.ts';
import { t } from '../i18n/translate.ts';

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
