/** Rows of the benchmark: what is measured, how it is told, and when it is good enough. */

export interface Row {
  readonly row: string;
  readonly unit: string;
  readonly ours: number;
  /** What the machine itself allows, measured in the same run; or the bound that is set. */
  readonly limit: number;
  /** Null where the peer is not installed. */
  readonly peers: Readonly<Record<string, number | null>>;
  /** Ratio of ours to the limit or a peer that must be reached; or not be passed, where less is better. */
  readonly required: Readonly<Record<string, number>>;
  readonly met: boolean;
}

export interface Measured extends Omit<Row, 'met'> {
  readonly lessIsBetter?: boolean;
}

/** Judges a row by what was measured: a peer that is absent neither helps nor harms. */
export function judge({ lessIsBetter = false, ...row }: Measured): Row {
  const met = Object.entries(row.required).every(([name, ratio]) => {
    const other = name === 'limit' ? row.limit : row.peers[name];
    if (other === null || other === undefined) return true;
    return lessIsBetter ? row.ours <= ratio * other : row.ours >= ratio * other;
  });
  return { ...row, met };
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle - 0.5)] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** The value below which a share of all lies, by nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

export function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}

/** A row as a line of text: every figure with its ratio to ours. */
export function describe({ row, unit, ours, limit, peers, required, met }: Row): string {
  const against = (name: string, value: number | null) => {
    if (value === null) return `${name} absent`;
    const needed = required[name] === undefined ? '' : `, required ${required[name]}`;
    return `${name} ${value} (ours is ${rounded(ours / value)} x${needed})`;
  };
  const others = [['limit', limit] as const, ...Object.entries(peers)].map(([name, value]) => against(name, value));
  return `${met ? 'met    ' : 'NOT MET'}  ${row}: ${ours} ${unit}; ${others.join('; ')}`;
}
