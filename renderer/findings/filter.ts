import { type Finding, type FindingState, findingLabel } from '../../shared/domain/finding.ts';
import { controlKey } from '../../shared/domain/ids.ts';
import { filterWords, hasWords } from '../../shared/domain/search-text.ts';

export interface Cell {
  readonly likelihood: number;
  readonly impact: number;
}

/** What narrows the register. Null and empty text let everything through. */
export interface FindingFilter {
  readonly text: string;
  readonly state: FindingState | null;
  readonly cell: Cell | null;
  /** As made by `controlKey`. */
  readonly control: string | null;
}

export const noFilter: FindingFilter = { text: '', state: null, cell: null, control: null };

/** The findings a filter lets through, most serious first, then by number. */
export function filterFindings(findings: readonly Finding[], filter: FindingFilter): Finding[] {
  const words = filterWords(filter.text);
  return findings
    .filter((finding) => {
      const { state, cell, control } = filter;
      if (state !== null && finding.state !== state) return false;
      if (cell !== null && (finding.likelihood !== cell.likelihood || finding.impact !== cell.impact)) return false;
      if (control !== null && !finding.controls.some((reference) => controlKey(reference) === control)) return false;
      return hasWords(searchable(finding), words);
    })
    .sort((a, b) => b.likelihood * b.impact - a.likelihood * a.impact || a.number - b.number);
}

/** How many findings lie in each cell, by `cellKey`. */
export function countCells(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(cellKey(finding), (counts.get(cellKey(finding)) ?? 0) + 1);
  return counts;
}

export function cellKey({ likelihood, impact }: Cell): string {
  return `${likelihood}x${impact}`;
}

function searchable(finding: Finding): string {
  const { title, condition, criteria, cause, effect, recommendation, response, owner } = finding;
  return [findingLabel(finding.number), title, condition, criteria, cause, effect, recommendation, response, owner].join('\n');
}
