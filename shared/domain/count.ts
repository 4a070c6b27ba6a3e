/** A number with its noun, e.g. `1 object`, `1,204 objects`. For texts in English outside the window, whose messages have plural forms of their own. */
export function counted(count: number, one: string, other = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : other}`;
}
