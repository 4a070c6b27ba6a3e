/**
 * Cells of a CSV that a spreadsheet would take for a formula, and run. A spreadsheet that separates by something else than commas
 * sees more cells than were written: what stands behind a semicolon, a tab or the end of a line may begin one, with quotes or without.
 */

const atStart = '(?<=^|[;\\t\\r\\n])';
const formula = '[\'"]*[=+\\-@\\t\\r\\uff1d\\uff0b\\uff0d\\uff20]';
const unguarded = new RegExp(`${atStart}(?=${formula})`, 'g');
const guarded = new RegExp(`${atStart}'(?=${formula})`, 'g');

/** The text with an apostrophe wherever a formula could begin; `unguardCell` takes them off again. */
export function guardCell(text: string): string {
  return text.replace(unguarded, "'");
}

/** What a guarded cell says. */
export function unguardCell(cell: string): string {
  return cell.replace(guarded, '');
}
