/**
 * The value of one of our own options on the command line, given as `--name=value` or `--name value`; null when it is absent
 * or empty. The last one counts. Read here and not through `app.commandLine`, which is for Chromium's switches and gives
 * everything back in lower case, paths too, from Electron 36 on.
 * @param argv the whole command line, the program first
 */
export function optionOf(argv: readonly string[], name: string): string | null {
  const flag = `--${name}`;
  let value = '';
  for (const [index, argument] of argv.entries()) {
    if (argument === '--') break;
    if (argument.startsWith(`${flag}=`)) value = argument.slice(flag.length + 1);
    else if (argument === flag) value = followingValue(argv[index + 1]);
  }
  return value === '' ? null : value;
}

/** What follows an option is its value, unless it is the next option. */
function followingValue(next: string | undefined): string {
  return next === undefined || next.startsWith('--') ? '' : next;
}
