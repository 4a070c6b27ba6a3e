import type { ReaderFailure } from '../../shared/domain/reader.ts';

/** A file that cannot be read as what it is, with the reason. Everything else that is thrown counts as `unreadable`. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly reason: ReaderFailure;

  constructor(reason: ReaderFailure) {
    super(reason);
    this.reason = reason;
  }
}

/** Parsers throw all kinds of errors at hostile bytes; only the reason counts. */
export function reasonOf(error: unknown): ReaderFailure {
  return error instanceof UnreadableFile ? error.reason : 'unreadable';
}
