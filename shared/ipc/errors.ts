/**
 * The three kinds of error. Expected errors have a stable code, a sentence for the auditor and a hint; a cancellation
 * is its own kind; everything else is a bug, logged without record text and shown with a reference number.
 */
export const errorCodes = {
  'vault.none': 'No vault is open.',
  'vault.locked': 'The vault is locked.',
  'vault.missing': 'There is no vault in this folder.',
  'vault.incomplete': 'The vault folder is incomplete: a file is missing.',
  'vault.damaged': 'The vault database is damaged and was not opened.',
  'vault.evidence-damaged': 'The evidence database is damaged.',
  'vault.header-damaged': 'The vault header cannot be read.',
  'vault.newer': 'This vault was written by a newer version of Sealbook.',
  'vault.busy': 'This vault is open in another window or program.',
  'vault.exists': 'There is already something at this place.',
  'vault.key-changing': 'The vault key is being changed.',
  'vault.key-waits': 'Not everybody is ready for a change of the vault key.',
  'vault.trail-broken': 'The trail does not fit together, so the vault key was not changed.',
  'vault.unreadable': 'The vault folder cannot be read.',
  'vault.read-only': 'The vault folder cannot be written to.',
  'passphrase.wrong': 'That passphrase does not open this vault.',
  'passphrase.delayed': 'Too many wrong attempts. Wait before trying again.',
  'passphrase.weak': 'This passphrase is too easy to guess.',
  'recovery.wrong': 'That recovery code does not open this vault.',
  'person.unknown': 'This person has no access to the vault.',
  'person.exists': 'Somebody with this name or e-mail is already in the vault.',
  'person.not-allowed': 'Your role does not allow this.',
  'audit.unknown': 'This audit is not in the vault.',
  'audit.frozen': 'This audit is signed and frozen.',
  'control.unknown': 'This control is not in the audit.',
  'answer.nothing-to-carry': 'There is no answer yet that could be carried over.',
  'answer.rationale-missing': 'This verdict needs a rationale.',
  'evidence.unknown': 'This evidence is not in the vault.',
  'evidence.empty': 'The file is empty and was not attached.',
  'evidence.too-large': 'The file is larger than can be attached.',
  'evidence.changed': 'The file changed while it was being read and was not attached.',
  'evidence.unreadable': 'The file cannot be read.',
  'evidence.not-a-file': 'This is not a regular file.',
  'evidence.damaged': 'The sealed content is damaged; nothing was handed out.',
  'evidence.unfinished': 'The file could not be worked through to its end.',
  'evidence.in-use': 'This evidence is still linked.',
  'redaction.unsupported': 'This kind of file cannot be redacted.',
  'redaction.too-large': 'This is larger than can be redacted.',
  'redaction.nothing': 'Nothing would be blacked out.',
  'redaction.incomplete': 'The redacted copy is incomplete and was not kept.',
  'redaction.ended': 'This redaction is no longer open.',
  'evidence.tags-full': 'A piece of evidence would have more tags than it can have.',
  'evidence.period-reversed': 'The end lies before the beginning.',
  'expectation.unknown': 'The checklist does not expect this evidence.',
  'evidence.link-not-followed': 'This is a link to another place. Links are not followed.',
  'evidence.name-not-text': 'Its name is no readable text: it is not in UTF-8.',
  'evidence.too-many': 'There are more files than are taken at a time.',
  'evidence.already-here': 'The audit has the same file already.',
  'list.unreadable': 'This list cannot be read.',
  'note.unknown': 'This note is no longer being written.',
  'note.incomplete': 'The note is not complete.',
  'capture.refused': 'The system does not let Sealbook take pictures of the screen.',
  'capture.gone': 'This window or screen is no longer there.',
  'evidence.superseded': 'This evidence was replaced by a newer revision already.',
  'reader.ended': 'The file took too much time or memory to read, and reading it was stopped.',
  'reader.unreadable': 'The content of this file cannot be read.',
  'finding.unknown': 'This finding is not in the audit.',
  'request.unknown': 'This request for evidence is not in the audit.',
  'task.unknown': 'This task is not in the audit.',
  'disk.full': 'The disk is full.',
  'file.exists': 'There is already a file with this name.',
  'file.not-written': 'The file could not be written.',
  'token.unknown': 'The picked file is no longer available. Pick it again.',
  'identity.password': 'The password does not open this PKCS#12 file.',
  'identity.unreadable': 'This is not a usable PKCS#12 file.',
  'identity.unsupported': 'The key in this file cannot sign reports.',
  'identity.none': 'You have no signing identity yet.',
  'report.open-checks': 'A report with open checks cannot be signed as final.',
  'report.unknown': 'This report is not in the vault.',
  'verify.not-pdf': 'This is not a PDF.',
  'verify.unreadable': 'This PDF cannot be read.',
  'pack.invalid': 'This checklist has errors.',
  'pack.exists': 'There is already a checklist with this id or version.',
  'pack.reason-missing': 'A change to the base checklist has no reason.',
  'pack.draft-unknown': 'This draft is not in the vault.',
  'pack.unknown': 'There is no checklist with this id.',
  'payload.invalid': 'The request was not understood.',
  'method.unknown': 'The request was not understood.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** An error as it travels to the screen or the command line. */
export type WireError =
  | {
      readonly kind: 'expected';
      readonly code: ErrorCode;
      readonly message: string;
      readonly hint: string;
      readonly data: Readonly<Record<string, string | number>>;
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'bug'; readonly reference: string };

/** Something that can happen to a careful auditor. `data` holds numbers and labels for the message, never record text. */
export class ExpectedError extends Error {
  override readonly name = 'ExpectedError';
  readonly code: ErrorCode;
  readonly hint: string;
  readonly data: Readonly<Record<string, string | number>>;

  constructor(code: ErrorCode, hint = '', data: Readonly<Record<string, string | number>> = {}) {
    super(errorCodes[code]);
    this.code = code;
    this.hint = hint;
    this.data = data;
  }
}

/** Thrown when the auditor cancelled a long task. Nothing was changed. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  constructor() {
    super('Cancelled');
  }
}
