import type { Answer, AnswerFields, AnswerPatch } from '../../shared/domain/answer.ts';

/** Lays the later change over the earlier one; questions are merged one by one. */
export function mergePatches(earlier: AnswerPatch, later: AnswerPatch): AnswerPatch {
  const merged = { ...earlier, ...later };
  if (earlier.questions === undefined || later.questions === undefined) return merged;
  return { ...merged, questions: { ...earlier.questions, ...later.questions } };
}

/** The answer as it looks with the change applied. */
export function applyPatch<T extends AnswerFields>(answer: T, patch: AnswerPatch): T {
  const changed = { ...answer, ...patch };
  return patch.questions === undefined ? changed : { ...changed, questions: { ...answer.questions, ...patch.questions } };
}

/** Without the fields that already have the value asked for, so that nothing is saved or undone that did not change. */
export function withoutUnchanged(answer: Answer, patch: AnswerPatch): AnswerPatch {
  const entries = Object.entries(patch).filter(([field, value]) => {
    if (field === 'questions') return true;
    return JSON.stringify(value) !== JSON.stringify(answer[field as keyof AnswerFields]);
  });
  const kept: AnswerPatch = Object.fromEntries(entries);
  if (patch.questions === undefined) return kept;
  const questions = Object.fromEntries(
    Object.entries(patch.questions).filter(([id, value]) => {
      const before = answer.questions[id] ?? { value: null, note: '' };
      return before.value !== value.value || before.note !== value.note;
    }),
  );
  const { questions: _all, ...others } = kept;
  return Object.keys(questions).length === 0 ? others : { ...others, questions };
}

export function isEmptyPatch(patch: AnswerPatch): boolean {
  return Object.keys(patch).length === 0;
}

/** Names what a patch touches, e.g. `rationale` or `questions:q2.note`; equal for saves of the same text while typing. */
export function patchFields(patch: AnswerPatch): string {
  return Object.keys(patch)
    .sort()
    .map((field) =>
      field === 'questions'
        ? `questions:${Object.keys(patch.questions ?? {})
            .sort()
            .join('+')}`
        : field,
    )
    .join(',');
}
