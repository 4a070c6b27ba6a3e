import { text } from 'node:stream/consumers';
import { assetsIn, runCommand } from './commands.ts';

process.umask(0o077);
process.stdout.on('error', () => {
  // The reader of a pipe went away; there is nobody left to tell.
});

runCommand(
  process.argv.slice(2),
  { stdout: (output) => process.stdout.write(output), stderr: (output) => process.stderr.write(output), stdin: () => text(process.stdin) },
  assetsIn(__dirname),
).then((code) => {
  process.exitCode = code;
});
