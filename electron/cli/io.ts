import { ExpectedError } from '../../shared/ipc/errors.ts';
import { describeBug } from '../vault/dispatch.ts';

/** Where a command reads and writes. JSON and results go to stdout, messages to stderr. */
export interface CommandIo {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** The whole of standard input, for passphrases. */
  readonly stdin: () => Promise<string>;
}

/** What a command ends with: 0 good, 1 not good, 2 could not be told. */
export type ExitCode = 0 | 1 | 2;

/** A command was called wrongly. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Prints an error the way the contract asks for and gives its exit code. */
export function reportError(io: CommandIo, error: unknown, json: boolean): ExitCode {
  if (error instanceof UsageError || isParseArgsError(error)) {
    const { message } = error as Error;
    const hint = 'Run "sealbook help" to see the commands.';
    if (json) io.stdout(`${JSON.stringify({ error: { code: 'usage', message, hint } })}\n`);
    io.stderr(`sealbook: ${printable(message)}\n${hint}\n`);
    return 2;
  }
  if (error instanceof ExpectedError) {
    const data = Object.keys(error.data).length > 0 ? error.data : undefined;
    if (json) io.stdout(`${JSON.stringify({ error: { code: error.code, message: error.message, hint: error.hint, data } })}\n`);
    io.stderr(`${printable(`sealbook: ${error.message} ${error.hint}`.trimEnd())}\n(${error.code})\n`);
    return 2;
  }
  const message = 'Something went wrong; nothing was changed.';
  if (json) io.stdout(`${JSON.stringify({ error: { code: 'bug', message, hint: '' } })}\n`);
  io.stderr(`sealbook: ${message}\n${describeBug(error)}\n`);
  return 2;
}

function isParseArgsError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** One JSON document on stdout. */
export function printJson(io: CommandIo, value: unknown): void {
  io.stdout(`${JSON.stringify(value, null, 2)}\n`);
}

/** A line for people. Names come from files that anybody may have written, and may hold what would steer a terminal or look like a line of its own. */
export function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\u{fffd}');
}

/** The first line of standard input. */
export async function readPassphrase(io: CommandIo): Promise<string> {
  const [line = ''] = (await io.stdin()).split(/\r?\n/);
  if (line === '') throw new UsageError('No passphrase came on standard input.');
  return line;
}
