import type { Sensitivity } from './evidence.ts';

/**
 * Looks for what is likely to identify a person or to open a system, in plain text and by shape alone. It warns; it neither
 * proves that something is one, nor that there is none.
 */
export const identifierKinds = ['ssn', 'card', 'record-number', 'birth-date', 'email', 'phone', 'private-key', 'access-token'] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

export interface IdentifierHit {
  readonly kind: IdentifierKind;
  /** Both count from 1; columns in UTF-16 units. */
  readonly line: number;
  readonly column: number;
  /** The first and last two characters, the rest as dots: enough to find it, too little to use it. */
  readonly masked: string;
}

export interface IdentifierCount {
  readonly kind: IdentifierKind;
  readonly count: number;
}

/** How sensitive a text with these is: what opens a system outweighs a patient's number, which outweighs a person's address. */
export function suggestedSensitivity(kinds: readonly IdentifierKind[]): Sensitivity | null {
  if (kinds.includes('private-key') || kinds.includes('access-token')) return 'secret';
  if (kinds.includes('record-number')) return 'phi';
  return kinds.length === 0 ? null : 'personal-data';
}

interface Shape {
  readonly kind: IdentifierKind;
  /** Every repetition is bounded, so that no text makes a search slow. The group `found` is the identifier where there is one. */
  readonly pattern: RegExp;
  readonly accept?: (text: string) => boolean;
}

const shapes: readonly Shape[] = [
  { kind: 'private-key', pattern: /-----BEGIN (?:[A-Z]{2,12} ){0,2}PRIVATE KEY-----/g },
  {
    kind: 'access-token',
    pattern:
      /\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,80}|xox[abprs]-[A-Za-z0-9-]{10,80}|eyJ[\w-]{10,500}\.eyJ[\w-]{10,2000}\.[\w-]{10,500})\b/g,
  },
  {
    kind: 'access-token',
    pattern: /\b(?:api[_-]?key|secret|token|passw(?:or)?d)["']?\s{0,3}[:=]\s{0,3}["']?(?<found>[\w\-/+.]{12,200})/gi,
  },
  // 000, 666 and 9xx were never given out as area, 00 never as group, 0000 never as serial.
  { kind: 'ssn', pattern: /(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/g },
  {
    kind: 'card',
    pattern: /(?<![\d-])[3-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?![\d-])|(?<![\d-])3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?![\d-])/g,
    accept: isCardNumber,
  },
  {
    kind: 'record-number',
    pattern: /\b(?:MRN|medical record (?:number|no\.?)|patient (?:id|number|no\.?))\s{0,3}[:#=]?\s{0,3}(?<found>[A-Z]{0,3}-?\d{5,12})\b/gi,
  },
  {
    kind: 'birth-date',
    pattern: /\b(?:DOB|date of birth|birth ?date|born(?: on)?)\s{0,3}[:=]?\s{0,3}(?<found>\d{1,4}[./-]\d{1,2}[./-]\d{2,4})\b/gi,
  },
  { kind: 'email', pattern: /(?<![\w.%+-])[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,5}\.[A-Za-z]{2,24}\b/g },
  {
    kind: 'phone',
    pattern: /(?<![\w.+-])(?:(?:\+1[ .-]?)?\(?[2-9]\d{2}\)?[ .-][2-9]\d{2}[ .-]\d{4}|\+[2-9]\d{0,2}(?:[ .-]?\d{1,4}){3,5})(?![\w-])/g,
  },
];

export interface IdentifierScan {
  readonly hits: readonly IdentifierHit[];
  readonly counts: readonly IdentifierCount[];
}

/** A place of a text, in UTF-16 units, without `end`. */
export interface IdentifierPlace {
  readonly start: number;
  readonly end: number;
  readonly kind: IdentifierKind;
}

/** Hits in the order of the text, at most `most` of them; the counts are of all. */
export function findIdentifiers(text: string, most = 500): IdentifierScan {
  const taken = placeIdentifiers(text);
  const counts = identifierKinds
    .map((kind) => ({ kind, count: taken.filter((entry) => entry.kind === kind).length }))
    .filter(({ count }) => count > 0);
  return { hits: placed(text, taken.slice(0, most)), counts };
}

/** Every place in the order of the text. A place counts once, for the first kind that fits. */
export function placeIdentifiers(text: string): IdentifierPlace[] {
  const taken: IdentifierPlace[] = [];
  // A byte for each character: of millions of places a set would not hold every position.
  const used = new Uint8Array(text.length);
  for (const { kind, pattern, accept } of shapes) {
    for (const match of text.matchAll(pattern)) {
      const found = match.groups?.found ?? match[0];
      const start = match.index + match[0].lastIndexOf(found);
      if (used[start] === 1 || accept?.(found) === false) continue;
      used.fill(1, start, start + found.length);
      taken.push({ start, end: start + found.length, kind });
    }
  }
  return taken.sort((one, other) => one.start - other.start);
}

function placed(text: string, entries: readonly IdentifierPlace[]): IdentifierHit[] {
  let line = 1;
  let lineStart = 0;
  return entries.map(({ start, end, kind }) => {
    for (let next = text.indexOf('\n', lineStart); next !== -1 && next < start; next = text.indexOf('\n', lineStart)) {
      line += 1;
      lineStart = next + 1;
    }
    return { kind, line, column: start - lineStart + 1, masked: mask(text.slice(start, end)) };
  });
}

function mask(found: string): string {
  if (found.length <= 6) return '•'.repeat(found.length);
  const hidden = Math.min(12, found.length - 4);
  return `${found.slice(0, 2)}${'•'.repeat(hidden)}${found.slice(-2)}`;
}

/** Digits, of which the pattern takes 13 to 19, whose check digit fits (ISO/IEC 7812-1, Luhn). */
function isCardNumber(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].map(Number).reverse();
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
