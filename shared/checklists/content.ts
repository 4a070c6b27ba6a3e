/** One fault of a checklist's content, by its path in the value. */
export interface ContentFault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** An error keeps the checklist out; advice is told, and blocks only what ships with Sealbook. */
  readonly severity: 'error' | 'advice';
}

/** Any value, looked at as if it had fields: faults of content are told in one run with those of the shape. */
export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
