/**
 * JSON in one canonical spelling: keys sorted by code unit, no white space, strings as `JSON.stringify` writes them
 * (the rules of RFC 8785 for the values that occur here: no fractions beyond what a double holds, no undefined).
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
