import type { ErrorCode, WireError } from '../shared/ipc/errors.ts';
import { hasMessage, t } from './i18n/translate.ts';

/** A failed call. `code` is set for expected errors, `reference` for bugs. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly kind: WireError['kind'];
  readonly code: ErrorCode | null;
  readonly hint: string;
  readonly data: Readonly<Record<string, string | number>>;
  readonly reference: string | null;

  constructor(error: WireError) {
    super(error.kind === 'expected' ? error.message : error.kind);
    this.kind = error.kind;
    this.code = error.kind === 'expected' ? error.code : null;
    this.hint = error.kind === 'expected' ? error.hint : '';
    this.data = error.kind === 'expected' ? error.data : {};
    this.reference = error.kind === 'bug' ? error.reference : null;
  }
}

/** An error in words for the screen: what happened, what to do, and the reference number of a bug. */
export interface ErrorText {
  readonly title: string;
  readonly hint: string;
  readonly reference: string | null;
}

/** The one place where an error becomes words. Anything that is not an `AppError` is a bug of the window. */
export function describeError(error: unknown): ErrorText {
  if (!(error instanceof AppError) || error.kind === 'bug') {
    return { title: t('error.bug'), hint: t('error.bug.hint'), reference: error instanceof AppError ? error.reference : null };
  }
  if (error.kind === 'cancelled') return { title: t('error.cancelled'), hint: '', reference: null };
  const key = `error.${error.code}`;
  const title = hasMessage(key) ? t(key, error.data) : error.message;
  const hintKey = `${key}.hint`;
  return { title, hint: error.hint || (hasMessage(hintKey) ? t(hintKey, error.data) : ''), reference: null };
}

/** The same on one line, for where there is no room for a notice. */
export function errorLine(error: unknown): string {
  const { title, hint, reference } = describeError(error);
  return [title, hint, reference === null ? '' : t('common.reference', { reference })].filter(Boolean).join(' ');
}

/** Whether the auditor cancelled it; then there is nothing to report. */
export function isCancelled(error: unknown): boolean {
  return error instanceof AppError && error.kind === 'cancelled';
}
