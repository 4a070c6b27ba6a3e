/** One link of the hash-chained log of everything that happened in the vault. */
export interface TrailEvent {
  /** Counts from 1 without gaps. */
  readonly sequence: number;
  /** ISO time with milliseconds, UTC. */
  readonly at: string;
  readonly personId: string;
  readonly personName: string;
  /** What happened, e.g. `answer.saved`. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** Short detail without record text: field names, counts, labels. */
  readonly detail: string;
  /** SHA-256 (hex) of this link. */
  readonly hash: string;
}

/** The last link: how many there are and its hash. Printed in every report. */
export interface TrailHead {
  readonly sequence: number;
  readonly hash: string;
}
