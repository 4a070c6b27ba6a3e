import { foldText } from '../../shared/domain/search-text.ts';

interface Named {
  readonly title: string;
  readonly detail: string;
}

/** The entries in which all letters of the text occur in order, the closest first. Everything when there is no text. */
export function rank<Entry extends Named>(entries: readonly Entry[], text: string): Entry[] {
  const wanted = foldText(text.trim());
  if (wanted === '') return [...entries];
  return entries
    .map((entry) => ({ entry, score: Math.max(score(entry.title, wanted), score(entry.detail, wanted)) }))
    .filter(({ score: points }) => points > 0)
    .sort((left, right) => right.score - left.score)
    .map(({ entry }) => entry);
}

/** 0 when the letters do not occur in order; higher for whole matches, word beginnings and letters side by side. */
function score(candidate: string, wanted: string): number {
  const text = foldText(candidate);
  const whole = text.indexOf(wanted);
  if (whole >= 0) return 1000 - Math.min(whole, 100) + (whole === 0 || isBoundary(text, whole) ? 200 : 0);
  let points = 0;
  let from = 0;
  for (const letter of wanted) {
    if (letter === ' ') continue;
    const at = text.indexOf(letter, from);
    if (at < 0) return 0;
    points += isBoundary(text, at) ? 8 : at === from ? 5 : 1;
    from = at + 1;
  }
  return points >= wanted.length * 4 ? points : 0;
}

function isBoundary(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '');
}
