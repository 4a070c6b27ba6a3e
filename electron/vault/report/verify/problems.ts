import type { VerificationProblem } from '../../../../shared/domain/verification.ts';

/** Everything verification can object to. The codes are stable; the sentences are for people. */
const messages = {
  'no-signature': 'This PDF carries no signature.',
  altered: 'The document was altered after it was signed.',
  'not-covered': 'The signature does not cover the whole file; something was added after signing.',
  'signature-malformed': 'The signature is not written the way Sealbook writes it.',
  'signature-invalid': 'The signature does not match the certificate’s key.',
  'certificate-mismatch': 'The certificate is not the one the signature names, or it is not intact.',
  'certificate-expired': 'The certificate was not valid at the time of signing.',
  'unknown-signer': 'The signer is not known as trusted here. Compare the fingerprint with the one the signer gives you.',
  'manifest-missing': 'The manifest is missing.',
  'manifest-mismatch': 'The manifest is not the one the report was made with.',
  'evidence-index-invalid': 'The evidence index in the manifest is not consistent.',
  draft: 'This report is a draft.',
} as const;

export type ProblemCode = keyof typeof messages;

/** Worth knowing, but the document is genuine all the same. */
const notes: readonly string[] = ['unknown-signer', 'draft'];

export function problem(code: ProblemCode, where = '', message: string = messages[code]): VerificationProblem {
  return { code, message, where };
}

/** Whether a problem leaves the document genuine. With trusted certificates given, an unknown signer does not. */
export function isNote({ code }: VerificationProblem, trustGiven: boolean): boolean {
  return notes.includes(code) && !(trustGiven && code === 'unknown-signer');
}
