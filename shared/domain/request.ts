import type { Evidence } from './evidence.ts';
import type { AuditId, ControlReference, EvidenceId, PersonId, RequestId } from './ids.ts';
import { controlKey } from './ids.ts';

/**
 * How far a request for evidence is. `draft` has not left the house, `asked` has, `partly-received` means that something came and
 * more is expected. Only a person can say that everything is there, so `received` never follows from a file by itself. `withdrawn`
 * keeps the number and the reason in the note, because the client may still hold the list it stood on.
 */
export const requestStates = ['draft', 'asked', 'partly-received', 'received', 'withdrawn'] as const;
export type RequestState = (typeof requestStates)[number];

/** What the auditor writes about a request. */
export interface RequestFields {
  /** What is wanted, in one line. */
  readonly title: string;
  readonly description: string;
  /** The person or department that is to bring it. */
  readonly askedOf: string;
  /** ISO day it was sent out, or empty. */
  readonly askedAt: string;
  /** ISO day by which it is wanted, or empty. */
  readonly due: string;
  readonly state: RequestState;
  /** For the auditors only; never on the list for the client. */
  readonly note: string;
}

/** Something asked of the client. Named so that it is not taken for a call's request. */
export interface EvidenceRequest extends RequestFields {
  readonly id: RequestId;
  readonly auditId: AuditId;
  /** Counts from 1 in the audit and is never given twice; shown as R-001. */
  readonly number: number;
  readonly controls: readonly ControlReference[];
  readonly evidence: readonly EvidenceId[];
  readonly updatedAt: string;
  readonly updatedBy: PersonId;
}

export function requestLabel(number: number): string {
  return `R-${String(number).padStart(3, '0')}`;
}

/** Whether something is still to come. */
export function isOpenRequest({ state }: Pick<EvidenceRequest, 'state'>): boolean {
  return state === 'draft' || state === 'asked' || state === 'partly-received';
}

/** Asked for, not all there, and the day is over. A draft is late for nobody. Both are ISO days, which compare as text. */
export function isLateRequest({ state, due }: Pick<EvidenceRequest, 'state' | 'due'>, today: string): boolean {
  return (state === 'asked' || state === 'partly-received') && due !== '' && due < today;
}

/** The state after a file arrived: something came, and what was settled stays settled. */
export function stateAfterArrival(state: RequestState): RequestState {
  return state === 'draft' || state === 'asked' ? 'partly-received' : state;
}

/** Something to ask for, found in the checklists: once, with every control that expects it. */
export interface RequestProposal {
  readonly title: string;
  readonly controls: readonly ControlReference[];
  /** The open request that asks for the same already and would get these controls. */
  readonly existing: RequestId | null;
}

/** A control as proposals look at it. */
export interface ProposalControl extends ControlReference {
  readonly expectedEvidence: readonly string[];
  readonly evidenceCount: number;
  readonly applicable: boolean;
}

/**
 * What to ask for: the expected evidence of every applicable control that has none yet. Texts that differ in case, spacing or a
 * full stop at the end are one request. What a request that is not withdrawn asks for at the same control is left out.
 */
export function proposeRequests(controls: readonly ProposalControl[], requests: readonly EvidenceRequest[]): RequestProposal[] {
  const asked = new Map<string, EvidenceRequest>();
  const covered = new Set<string>();
  for (const request of requests) {
    if (request.state === 'withdrawn') continue;
    const text = comparableTitle(request.title);
    if (isOpenRequest(request) && !asked.has(text)) asked.set(text, request);
    for (const control of request.controls) covered.add(`${text} ${controlKey(control)}`);
  }
  const grouped = new Map<string, { title: string; controls: ControlReference[]; existing: RequestId | null }>();
  for (const { packId, controlId, expectedEvidence, evidenceCount, applicable } of controls) {
    if (evidenceCount > 0 || !applicable) continue;
    for (const title of expectedEvidence) {
      const text = comparableTitle(title);
      const key = `${text} ${controlKey({ packId, controlId })}`;
      if (covered.has(key)) continue;
      covered.add(key);
      const entry = grouped.get(text) ?? { title: title.trim(), controls: [], existing: asked.get(text)?.id ?? null };
      entry.controls.push({ packId, controlId });
      grouped.set(text, entry);
    }
  }
  return [...grouped.values()];
}

/** The text by which two requests are told to ask for the same. */
export function comparableTitle(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[.;,]+$/, '')
    .trim();
}

/** The label that the client is asked to begin a file's name with, also without its hyphen or with a line in its place. */
const labelInName = /(?<![a-z\d])r[-_ ]?(\d{3,6})(?!\d)/i;

function isNamedFor({ number }: EvidenceRequest, fileName: string): boolean {
  return Number(labelInName.exec(fileName)?.[1] ?? 0) === number;
}

/**
 * Evidence that may answer an open request: its file is named after the request or it is linked to one of the request's controls, and it was
 * received since the day the request was asked here, and is not the answer to any of `requests` already.
 */
export function suggestEvidence<Item extends Pick<Evidence, 'id' | 'controls' | 'receivedAt' | 'originalName'>>(
  request: EvidenceRequest,
  evidence: readonly Item[],
  requests: readonly EvidenceRequest[],
): Item[] {
  if (!isOpenRequest(request)) return [];
  const answered = new Set([request, ...requests].flatMap((other) => other.evidence));
  const keys = new Set(request.controls.map(controlKey));
  // The day is one of the auditor's calendar, the moment is in UTC.
  const asked = request.askedAt === '' ? '' : new Date(`${request.askedAt}T00:00:00`).toISOString();
  return evidence.filter(
    ({ id, controls, receivedAt, originalName }) =>
      !answered.has(id) &&
      receivedAt >= asked &&
      (controls.some((control) => keys.has(controlKey(control))) || isNamedFor(request, originalName)),
  );
}
