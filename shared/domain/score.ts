import type { Verdict } from './answer.ts';
import type { VerdictCounts } from './audit.ts';

/** A control's part in the score. */
export interface ScoredControl {
  readonly verdict: Verdict;
  /** 1..5. */
  readonly weight: number;
}

const credit: Readonly<Record<Verdict, number>> = {
  compliant: 1,
  'partially-compliant': 0.5,
  'non-compliant': 0,
  'not-assessed': 0,
  'not-applicable': 0,
};

/**
 * Readiness, 0..100 rounded: the weighted share of applicable controls that are met, half credit for partly met ones.
 * Controls that are not assessed count as not met, so the score can only be earned. Null when nothing applies.
 */
export function readiness(controls: readonly ScoredControl[]): number | null {
  let earned = 0;
  let possible = 0;
  for (const control of controls) {
    if (control.verdict === 'not-applicable') continue;
    possible += control.weight;
    earned += control.weight * credit[control.verdict];
  }
  return possible === 0 ? null : Math.round((100 * earned) / possible);
}

export function countVerdicts(controls: readonly { readonly verdict: Verdict }[]): VerdictCounts {
  const counts: Record<Verdict, number> = {
    'not-assessed': 0,
    compliant: 0,
    'partially-compliant': 0,
    'non-compliant': 0,
    'not-applicable': 0,
  };
  for (const control of controls) counts[control.verdict] += 1;
  return counts;
}
