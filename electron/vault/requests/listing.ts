import { type AuditId, controlKey } from '../../../shared/domain/ids.ts';
import { type EvidenceRequest, isOpenRequest, requestLabel } from '../../../shared/domain/request.ts';
import type { RequestListing } from '../../../shared/ipc/requests.ts';
import { isoToday, loadAudit, loadAuditControls } from '../audit-repo.ts';
import type { Session } from '../session.ts';
import { listRequests } from './repo.ts';
import { listWords } from './words.ts';

/** The list of requests as the client gets it. */
export interface ClientList {
  readonly organisation: string;
  readonly audit: string;
  readonly period: string;
  /** Who wrote the list, and where an answer goes. */
  readonly contact: string;
  /** ISO day. */
  readonly writtenOn: string;
  readonly requests: readonly ClientRequest[];
}

export interface ClientRequest {
  readonly label: string;
  readonly title: string;
  readonly description: string;
  /** Citation and title of every control it is for. */
  readonly requirements: readonly string[];
  readonly askedOf: string;
  readonly due: string;
  readonly state: string;
}

/** What is still wanted, or everything but what was withdrawn; by the day it is wanted, undated last. */
export function listForClient({ records, me }: Session, auditId: AuditId, which: RequestListing): ClientList {
  const audit = loadAudit(records, auditId);
  const names = new Map(
    loadAuditControls(records, auditId).map(({ packId, control }) => [
      controlKey({ packId, controlId: control.id }),
      [control.citations[0], control.title].filter(Boolean).join(' '),
    ]),
  );
  const wanted = (request: EvidenceRequest) => (which === 'open' ? isOpenRequest(request) : request.state !== 'withdrawn');
  return {
    organisation: clean(audit.organisation),
    audit: clean(audit.title),
    period: listWords.periodOf(audit.periodFrom, audit.periodTo),
    contact: clean([me.name, me.email].filter(Boolean).join(', ')),
    writtenOn: isoToday(),
    requests: listRequests(records, auditId)
      .filter(wanted)
      .sort((left, right) => (left.due || '9999').localeCompare(right.due || '9999') || left.number - right.number)
      .map((request) => ({
        label: requestLabel(request.number),
        title: clean(request.title),
        description: clean(request.description),
        requirements: request.controls.map((control) => clean(names.get(controlKey(control)) ?? control.controlId)),
        askedOf: clean(request.askedOf),
        due: request.due,
        state: listWords.states[request.state],
      })),
  };
}

/** Without the control characters that XML cannot hold; tabs and line feeds stay. */
function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g, '');
}
