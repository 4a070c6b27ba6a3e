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

/** A hyphen, also one that does not break a line, and the dash that word processors put in its place. */
const hyphen = String.raw`[-\u2010\u2011\u2013]`;
/** What stands between groups of digits, on one line. */
const gap = String.raw`[ \u00a0\u202f\u2010\u2011\u2013-]`;
/** 000, 666 and 9xx were never given out as area, 00 never as group, 0000 never as serial. */
const area = String.raw`(?!000|666|9\d\d)\d{3}`;
const group = String.raw`(?!00)\d{2}`;
const serial = String.raw`(?!0000)\d{4}`;
const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
/** A run of digits inside a longer number, a hash or a decimal fraction is none of its own. */
const before = String.raw`(?<![A-Za-z\d-]|\d\.)`;
const after = String.raw`(?![A-Za-z\d-])`;

const shapes: readonly Shape[] = [
  { kind: 'private-key', pattern: /-----BEGIN (?:[A-Z]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----/g },
  {
    kind: 'access-token',
    pattern:
      /\b(?:A(?:KI|SI)A[0-9A-Z]{16}|AIza[\w-]{35}|gh[pousr]_[A-Za-z0-9]{36,80}|github_pat_\w{22,100}|[rs]k_live_[A-Za-z0-9]{16,200}|xox[abprs]-[A-Za-z0-9-]{10,80}|eyJ[\w-]{10,500}\.eyJ[\w-]{10,2000}\.[\w-]{10,500})\b/g,
  },
  {
    kind: 'access-token',
    // Also at the end of a longer name, as in `client_secret` and `dbPassword`.
    pattern:
      /(?:api[_-]?key|secret(?:[_-]?(?:access[_-]?)?key)?|token|passw(?:or)?d)["']?\s{0,3}[:=]\s{0,3}["']?(?<found>[\w\-/+.]{12,200})/gi,
  },
  {
    kind: 'access-token',
    pattern: /passw(?:or)?d["']?\s{0,3}[:=]\s{0,3}["']?(?<found>[^\s"'<>,;]{8,200})/gi,
    accept: (text) => /\d/.test(text) && /[A-Za-z]/.test(text),
  },
  {
    // In the address of a server, as in `postgres://app:password@host/`. A name in brackets or behind a dollar stands for one.
    kind: 'access-token',
    pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/"'<>]{0,100}:(?<found>[^\s@/"'<>${}*][^\s@/"'<>{}]{2,200})@[\w.[-]/gi,
  },
  { kind: 'access-token', pattern: /\bbearer {1,3}(?<found>[\w\-.~+/]{20,2000})/gi },
  { kind: 'ssn', pattern: new RegExp(String.raw`(?<!\d|${hyphen})${area}${hyphen}${group}${hyphen}${serial}(?!\d|${hyphen})`, 'g') },
  {
    // Without hyphens only where it is called one: three columns of numbers look the same.
    kind: 'ssn',
    pattern: new RegExp(
      String.raw`\b(?:SSN|social security(?: (?:number|no\.?))?)\s{0,3}[:#=]?\s{0,3}(?<found>${area}[ \u00a0]?${group}[ \u00a0]?${serial})(?!\d)`,
      'gi',
    ),
  },
  {
    kind: 'card',
    pattern: new RegExp(
      String.raw`${before}(?:[3-6]\d{3}(?:${gap}?\d{4}){2}${gap}?\d{1,7}|2[2-7]\d{2}(?:${gap}?\d{4}){3}|3[47]\d{2}${gap}?\d{6}${gap}?\d{5})${after}`,
      'g',
    ),
    accept: isCardNumber,
  },
  {
    kind: 'record-number',
    pattern:
      /\b(?:MRN|medical record (?:number|no\.?)|patient (?:id|number|no\.?))\s{0,3}(?:no\.?\s)?[:#=]?\s{0,3}(?<found>[A-Z]{0,3}-?\d{5,12})\b/gi,
  },
  {
    kind: 'birth-date',
    pattern: new RegExp(
      String.raw`\b(?:DOB|date of birth|birth ?date|born(?: on)?)\s{0,3}[:=]?\s{0,3}(?<found>\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}(?:st|nd|rd|th)?[. ]{1,2}${month}[., ]{1,2}\d{4}|${month}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})\b`,
      'gi',
    ),
  },
  { kind: 'email', pattern: /(?<![\w.%+-])[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,5}\.[A-Za-z]{2,24}\b/g },
  {
    kind: 'phone',
    pattern:
      /(?<![\w.+-])(?:(?:\+1[ .\u00a0-]?)?(?:\([2-9]\d{2}\)[ .\u00a0-]?|[2-9]\d{2}[ .\u00a0\u2011-])[2-9]\d{2}[ .\u00a0\u2011-]\d{4}|\+[2-9]\d{0,2}(?:[ .-]?\d{1,4}){3,5})(?![\w-])/g,
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
    return { kind, line, column: start - lineStart + 1, masked: mask(text.slice(start, end), kind) };
  });
}

/** Four characters of a short password are too much of it. */
const shortestShown: Readonly<Partial<Record<IdentifierKind, number>>> = { 'access-token': 16 };

function mask(found: string, kind: IdentifierKind): string {
  if (found.length < (shortestShown[kind] ?? 7)) return '•'.repeat(found.length);
  const hidden = Math.min(12, found.length - 4);
  return `${found.slice(0, 2)}${'•'.repeat(hidden)}${found.slice(-2)}`;
}

/** Digits, of which the pattern takes 13 to 19, whose check digit fits (ISO/IEC 7812-1, Luhn). What begins with 2 is from 2221 to 2720. */
function isCardNumber(text: string): boolean {
  if (text.startsWith('2') && (text < '2221' || text >= '2721')) return false;
  const digits = [...text.replace(/\D/g, '')].map(Number).reverse();
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
