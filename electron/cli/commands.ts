import { join } from 'node:path';
import type { Assets } from '../vault/context.ts';
import { runChecklists } from './checklists.ts';
import { runDemo } from './demo.ts';
import { type CommandIo, type ExitCode, reportError } from './io.ts';
import { runVault } from './vault.ts';
import { runVerify } from './verify.ts';

const help = `Sealbook: compliance audits with sealed evidence and signed reports, offline.

  sealbook demo DIR                              a sample vault and its signed report in DIR
  sealbook verify REPORT.pdf [--trust CERT.pem]  whether a report is genuine
  sealbook checklists list | show ID | check FILE... | coverage
  sealbook vault info DIR | check DIR
  sealbook vault backup DIR FILE | restore FILE DIR
  sealbook vault compact DIR                     gives back the room of destroyed evidence
  sealbook vault rekey DIR [--remove NAME]...    changes the vault key, ends people's access

--json prints one JSON document on stdout; messages go to stderr.
Passphrases are read from standard input with --passphrase-stdin; --person NAME says whose it is.
Exit codes: 0 good, 1 not good, 2 could not be told.
`;

type Command = (args: readonly string[], io: CommandIo, assets: Assets) => Promise<ExitCode>;

const commands = new Map<string, Command>([
  ['demo', runDemo],
  ['verify', (args, io) => runVerify([...args], io) as Promise<ExitCode>],
  ['checklists', runChecklists],
  ['vault', runVault],
  [
    'help',
    async (_args, io) => {
      io.stdout(help);
      return 0;
    },
  ],
]);

/** Runs one command and gives its exit code. Never throws. */
export async function runCommand(args: readonly string[], io: CommandIo, assets: Assets): Promise<ExitCode> {
  const [name = 'help', ...rest] = args;
  const command = commands.get(name === '--help' || name === '-h' ? 'help' : name);
  if (command === undefined) {
    io.stderr(`sealbook: there is no command "${name}".\n${help}`);
    return 2;
  }
  try {
    return await command(rest, io, assets);
  } catch (error) {
    return reportError(io, error, rest.includes('--json'));
  }
}

/** Where the built files lie beside the bundled command line. */
export function assetsIn(folder: string): Assets {
  return {
    checklists: join(folder, 'checklists'),
    fonts: join(folder, 'fonts'),
    reportWorker: join(folder, 'report-worker.cjs'),
    reader: join(folder, 'reader.cjs'),
    evidenceWorker: join(folder, 'evidence-worker.cjs'),
    databaseWorker: join(folder, 'database-worker.cjs'),
  };
}
