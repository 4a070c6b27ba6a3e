import type { Verification, VerificationProblem } from '../../shared/domain/verification.ts';

export const outcomes = ['genuine', 'not-genuine', 'no-signature', 'unreadable'] as const;
export type VerifyOutcome = (typeof outcomes)[number];

/** What was verified: the result, or the error when the file could not be read at all. */
export type Checked =
  | { readonly name: string; readonly verification: Verification; readonly error: null }
  | { readonly name: string; readonly verification: null; readonly error: unknown };

/** Objections that leave a document genuine. */
const noteCodes: readonly string[] = ['unknown-signer', 'draft'];

export function outcomeOf({ verification }: Checked): VerifyOutcome {
  if (verification === null) return 'unreadable';
  if (verification.genuine) return 'genuine';
  return verification.signatures.length === 0 ? 'no-signature' : 'not-genuine';
}

/** Parts what makes the document not genuine from what is only worth knowing. */
export function splitProblems(problems: readonly VerificationProblem[]): {
  readonly faults: readonly VerificationProblem[];
  readonly notes: readonly VerificationProblem[];
} {
  return {
    faults: problems.filter(({ code }) => !noteCodes.includes(code)),
    notes: problems.filter(({ code }) => noteCodes.includes(code)),
  };
}

/** A fingerprint (hex pairs joined by colons) in groups of four pairs, for reading aloud. */
export function fingerprintGroups(fingerprint: string): string[] {
  const pairs = fingerprint.split(':');
  return Array.from({ length: Math.ceil(pairs.length / 4) }, (_, index) => pairs.slice(4 * index, 4 * index + 4).join(':'));
}

/** The first six pairs, enough to recognise a certificate but not to compare it. */
export function shortFingerprint(fingerprint: string): string {
  return fingerprint.split(':').slice(0, 6).join(':');
}
