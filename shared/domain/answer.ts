import type { Method } from './control.ts';
import type { AuditId, ControlReference, PersonId } from './ids.ts';

export const verdicts = ['not-assessed', 'compliant', 'partially-compliant', 'non-compliant', 'not-applicable'] as const;
export type Verdict = (typeof verdicts)[number];

export const workStatuses = ['to-do', 'in-progress', 'ready-for-review', 'reviewed'] as const;
export type WorkStatus = (typeof workStatuses)[number];

/**
 * What was decided for a HIPAA addressable specification (45 CFR 164.306(d)(3)): implemented as written, an equivalent
 * alternative measure in place, or documented as not reasonable and appropriate. Null until decided.
 */
export const addressableDecisions = ['implemented', 'alternative-measure', 'not-reasonable-and-appropriate'] as const;
export type AddressableDecision = (typeof addressableDecisions)[number];

export const questionValues = ['yes', 'no', 'partial', 'not-applicable'] as const;
export type QuestionValue = (typeof questionValues)[number];

export interface QuestionAnswer {
  readonly value: QuestionValue | null;
  readonly note: string;
}

/** The sample drawn for a test. Counts are items; `seed` makes the draw repeatable. */
export interface Sample {
  readonly population: number | null;
  readonly size: number | null;
  readonly deviations: number | null;
  readonly seed: string;
  readonly description: string;
}

export const emptySample: Sample = { population: null, size: null, deviations: null, seed: '', description: '' };

/** The fields an auditor edits; each is saved, logged and merged on its own. */
export interface AnswerFields {
  readonly verdict: Verdict;
  readonly workStatus: WorkStatus;
  readonly rationale: string;
  readonly addressableDecision: AddressableDecision | null;
  readonly methods: readonly Method[];
  readonly interviewed: readonly string[];
  readonly sample: Sample;
  /** By question id. */
  readonly questions: Readonly<Record<string, QuestionAnswer>>;
}

export interface Answer extends AnswerFields, ControlReference {
  readonly auditId: AuditId;
  /** Null while nobody has touched the control. */
  readonly updatedAt: string | null;
  readonly updatedBy: PersonId | null;
}

export const emptyAnswerFields: AnswerFields = {
  verdict: 'not-assessed',
  workStatus: 'to-do',
  rationale: '',
  addressableDecision: null,
  methods: [],
  interviewed: [],
  sample: emptySample,
  questions: {},
};

/** A change of an answer: only the fields that change; `questions` holds only the questions that change. */
export type AnswerPatch = Partial<AnswerFields>;

/** Whether the verdict is one that must be explained in the rationale. */
export function needsRationale(verdict: Verdict): boolean {
  return verdict === 'not-applicable' || verdict === 'partially-compliant' || verdict === 'non-compliant';
}
