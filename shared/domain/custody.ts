import type { CustodyAction, CustodyEvent, EvidenceFields, HandOver } from './evidence.ts';
import type { TrailHead } from './trail.ts';

/** The custody of one piece of evidence: what is known of it, and everything that happened to it. */

/** Steps that people note themselves, because they happen outside the vault. */
export const handOverActions = ['received', 'transferred', 'released'] as const;
export type HandOverAction = (typeof handOverActions)[number];

/** Whether the links of the trail that tell of a piece are authentic and fit the link before each of them. */
export interface CustodyCheck {
  readonly holds: boolean;
  /** Links that were looked at. */
  readonly checked: number;
  /** Number of the first link that does not fit, or null. */
  readonly firstBroken: number | null;
}

/** One piece with its whole custody, also after it was destroyed. */
export interface CustodyRecord extends Omit<EvidenceFields, 'tags'> {
  readonly label: string;
  readonly originalName: string;
  readonly mediaType: string;
  /** Bytes; null when a destroyed piece's size was not noted. */
  readonly size: number | null;
  readonly sha256: string;
  readonly receivedAt: string;
  readonly receivedBy: string;
  /** Citation and title of each control it speaks for. */
  readonly controls: readonly string[];
  /** Labels of the revision before and of the newer one; empty where there is none. */
  readonly replaces: string;
  readonly replacedBy: string;
  readonly destroyedAt: string;
  readonly events: readonly CustodyEvent[];
  readonly check: CustodyCheck;
}

/** Custody forms to be printed together. */
export interface CustodyDocument {
  readonly organisation: string;
  readonly audit: string;
  readonly printedAt: string;
  readonly printedBy: string;
  readonly trail: TrailHead;
  readonly records: readonly CustodyRecord[];
}

/** A piece that is gone, as the list of destroyed evidence shows it. */
export interface DestroyedEvidence {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly originalName: string;
  readonly sha256: string;
  readonly destroyedAt: string;
  readonly destroyedBy: string;
  readonly reason: string;
}

/** A link of the trail as the ledger reads it. */
export interface CustodyLink {
  readonly sequence: number;
  readonly action: CustodyAction;
  readonly at: string;
  readonly person: string;
  readonly detail: string;
  readonly handOver: HandOver | null;
}

const hashPattern = /\b[0-9a-f]{64}\b/;
/** A redacted copy tells what it was made from. */
const madePattern = /SHA-256 before ([0-9a-f]{64}), after ([0-9a-f]{64})/;

/**
 * The links with the content's SHA-256 before and after each. Bytes in the vault never change, so most steps leave it as it was: it
 * comes into being when the piece is collected, ends when it is destroyed, and a verification says what was read. `sha256` is the
 * hash where the links name none.
 */
export function withContentHashes(links: readonly CustodyLink[], sha256: string): CustodyEvent[] {
  let current = links[0]?.action === 'collected' ? '' : sha256;
  return links.map((link) => {
    const named = hashPattern.exec(link.detail)?.[0] ?? '';
    // People write the detail of other steps.
    const made = link.action === 'redacted' ? madePattern.exec(link.detail) : null;
    if (made !== null) return { ...link, before: made[1] ?? '', after: made[2] ?? '' };
    const before = current;
    if (link.action === 'collected') current = named || sha256;
    else if (link.action === 'destroyed') current = '';
    else if (link.action === 'verified') current = named;
    const after = current;
    // After damage was seen, the next steps are still told against what was sealed.
    if (link.action === 'verified' && named === '') current = before;
    return { ...link, before, after };
  });
}

/** Whether a step says something about the content's hash, which is then told beside it. */
export function tellsHash({ action, before, after }: CustodyEvent): boolean {
  return before !== after || action === 'verified';
}

/** The detail of a step without the hash that is told beside it. */
export function detailInWords(event: CustodyEvent): string {
  if (!tellsHash(event)) return event.detail;
  return event.detail.replace(/(, |; )?SHA-256 (before [0-9a-f]{64}, after )?[0-9a-f]{64}(?=, |$)/, '').replace(/^, /, '');
}

/** Groups of steps by which the ledger is narrowed. */
export const custodyViews = ['all', 'handling', 'hands', 'checks', 'looks'] as const;
export type CustodyView = (typeof custodyViews)[number];

const viewActions: Readonly<Record<Exclude<CustodyView, 'all'>, readonly CustodyAction[]>> = {
  handling: [
    'collected',
    'received',
    'exported',
    'not-exported',
    'redacted',
    'verified',
    'transferred',
    'released',
    'superseded',
    'destroyed',
  ],
  hands: ['collected', 'received', 'exported', 'not-exported', 'transferred', 'released', 'destroyed'],
  checks: ['verified'],
  looks: ['viewed'],
};

export function isInCustodyView(action: CustodyAction, view: CustodyView): boolean {
  return view === 'all' || viewActions[view].includes(action);
}
