import type { Verdict } from './answer.ts';
import type { ControlReference, EvidenceId } from './ids.ts';

/** What a control's checklist expects as evidence, and which pieces were said to show it. */

/** One text of a control's expected evidence with the pieces ticked for it, by number. */
export interface ExpectedEntry {
  readonly text: string;
  readonly pieces: readonly EvidenceId[];
}

export interface ControlCoverage extends ControlReference {
  readonly packTitle: string;
  readonly sectionId: string;
  readonly sectionTitle: string;
  readonly citation: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly entries: readonly ExpectedEntry[];
  /** Texts that pieces were ticked for and that the checklist no longer has, e.g. since a newer version. */
  readonly earlier: readonly ExpectedEntry[];
  /** Every linked piece, by number. */
  readonly evidence: readonly EvidenceId[];
}

/**
 * `gap`: nothing is linked. `part`: an expected entry is shown by no piece. `whole`: each entry is shown, or none is expected and
 * something is linked. `not-needed`: the control does not apply.
 */
export const coverageStates = ['gap', 'part', 'whole', 'not-needed'] as const;
export type CoverageState = (typeof coverageStates)[number];

export function coverageState({ verdict, entries, evidence }: Pick<ControlCoverage, 'verdict' | 'entries' | 'evidence'>): CoverageState {
  if (verdict === 'not-applicable') return 'not-needed';
  if (evidence.length === 0) return 'gap';
  return entries.every(({ pieces }) => pieces.length > 0) ? 'whole' : 'part';
}

export interface CoverageFigures {
  /** Expected entries of controls that apply, and how many of them a piece shows. */
  readonly expected: number;
  readonly shown: number;
  readonly states: Readonly<Record<CoverageState, number>>;
}

export function coverageFigures(controls: readonly ControlCoverage[]): CoverageFigures {
  const states = { gap: 0, part: 0, whole: 0, 'not-needed': 0 };
  let expected = 0;
  let shown = 0;
  for (const control of controls) {
    const state = coverageState(control);
    states[state] += 1;
    if (state === 'not-needed') continue;
    expected += control.entries.length;
    shown += control.entries.filter(({ pieces }) => pieces.length > 0).length;
  }
  return { expected, shown, states };
}

/** Gaps first, then what is covered in part, then the others; each in checklist order. */
export function gapsFirst(controls: readonly ControlCoverage[]): ControlCoverage[] {
  const rank = (control: ControlCoverage) => coverageStates.indexOf(coverageState(control));
  return controls
    .map((control, place) => ({ control, place, rank: rank(control) }))
    .sort((left, right) => left.rank - right.rank || left.place - right.place)
    .map(({ control }) => control);
}

/** A tick: somebody said that a linked piece shows an expected text. */
export interface Tick {
  readonly text: string;
  readonly evidenceId: EvidenceId;
}

/** Sorts a control's ticks onto the texts its checklist has now; what fits none is kept beside them. Pieces keep the order of `linked`. */
export function placeTicks(
  expected: readonly string[],
  linked: readonly EvidenceId[],
  ticks: readonly Tick[],
): Pick<ControlCoverage, 'entries' | 'earlier'> {
  const byText = new Map<string, Set<EvidenceId>>();
  for (const { text, evidenceId } of ticks) byText.set(text, (byText.get(text) ?? new Set()).add(evidenceId));
  // A tick of a piece that is not linked at present says nothing; it is back when the link is.
  const entry = (text: string): ExpectedEntry => ({ text, pieces: linked.filter((id) => byText.get(text)?.has(id) === true) });
  const gone = [...byText.keys()].filter((text) => !expected.includes(text)).map(entry);
  return { entries: expected.map(entry), earlier: gone.filter(({ pieces }) => pieces.length > 0) };
}
