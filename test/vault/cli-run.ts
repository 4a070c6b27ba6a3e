import { runCommand } from '../../electron/cli/commands.ts';
import { passphrase, testAssets } from './fixture.ts';

/** Runs one command of the command line and gives what it wrote and its exit code. */
export async function run(args: string[], stdin = '') {
  let stdout = '';
  let stderr = '';
  const io = {
    stdout: (text: string) => {
      stdout += text;
    },
    stderr: (text: string) => {
      stderr += text;
    },
    stdin: async () => stdin,
  };
  const code = await runCommand(args, io, testAssets);
  return { code, stdout, stderr, json: () => JSON.parse(stdout) };
}

/** The same with a passphrase on standard input. */
export const withPassphrase = (args: string[], secret = passphrase) => run([...args, '--passphrase-stdin'], `${secret}\n`);
