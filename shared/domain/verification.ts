/** What verifying a report found. The shape is the command line's stable contract (`sealbook verify --json`). */

export interface Verification {
  readonly genuine: boolean;
  readonly signatures: readonly VerifiedSignature[];
  readonly manifest: { readonly present: boolean; readonly matches: boolean; readonly trailHead: string };
  readonly problems: readonly VerificationProblem[];
}

export interface VerifiedSignature {
  /** Common name in the certificate. */
  readonly signer: string;
  /** SHA-256 of the certificate, upper-case hex pairs joined by colons. */
  readonly fingerprint: string;
  /** ISO time claimed by the signer, or empty. */
  readonly signedAt: string;
  /** PAdES level, e.g. `B-B`. */
  readonly level: string;
  readonly valid: boolean;
  /** `whole document` or what is left out. */
  readonly covers: string;
  /** Why it is not valid, or empty. */
  readonly reason: string;
}

export interface VerificationProblem {
  readonly code: string;
  readonly message: string;
  /** Byte offset, object or part, or empty. */
  readonly where: string;
}
