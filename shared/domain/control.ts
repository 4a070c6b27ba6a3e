/** The checklist as data: packs, sections, controls, questions. */

export type Requirement = 'required' | 'addressable' | 'standard' | 'recommended';

/** Assessment methods of NIST SP 800-53A. */
export const methods = ['examine', 'interview', 'test'] as const;
export type Method = (typeof methods)[number];

export interface Question {
  readonly id: string;
  readonly text: string;
  /** What a good answer looks like, measurably. */
  readonly good: string;
  /** The artefact that shows it. */
  readonly evidence: string;
}

export interface MethodStep {
  readonly method: Method;
  readonly what: string;
}

export interface CrosswalkLink {
  readonly framework: string;
  readonly id: string;
  /** Where the link comes from: a published mapping or our own judgement. */
  readonly source: string;
}

export interface Control {
  /** Stable token, unique in the pack. */
  readonly id: string;
  readonly citations: readonly string[];
  /** The standard or heading the control belongs to. */
  readonly group: string;
  readonly title: string;
  readonly requirement: Requirement;
  readonly objective: string;
  readonly questions: readonly Question[];
  readonly methods: readonly MethodStep[];
  readonly expectedEvidence: readonly string[];
  readonly commonFailures: readonly string[];
  readonly guidance: { readonly small: string; readonly large: string };
  /** 1 (minor) to 5 (critical). */
  readonly weight: number;
  readonly weightReason: string;
  readonly crosswalk: readonly CrosswalkLink[];
}

/** How a control is named where there is room for one name: its first citation, or its id in a checklist that still lacks them. */
export function nameOfControl({ citations, id }: Pick<Control, 'citations' | 'id'>): string {
  return citations[0] ?? id;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly controls: readonly Control[];
}

export interface PackSource {
  readonly title: string;
  readonly citation: string;
  /** ISO date (YYYY-MM-DD) of the edition that was read. */
  readonly asOf: string;
}

export interface Pack {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly summary: string;
  readonly sources: readonly PackSource[];
  readonly sections: readonly Section[];
  /** SHA-256 (hex) over the canonical JSON of everything else in the pack. */
  readonly hash: string;
}

export interface PackSummary {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly summary: string;
  readonly hash: string;
  readonly controls: number;
  readonly questions: number;
}
