import { controlKey } from '../../shared/domain/ids.ts';
import { type EvidenceRequest, isLateRequest, isOpenRequest, requestLabel } from '../../shared/domain/request.ts';
import { filterWords, hasWords } from '../../shared/domain/search-text.ts';

export const requestViews = ['open', 'draft', 'late', 'received', 'all'] as const;
export type RequestView = (typeof requestViews)[number];

/** What narrows the list. Empty text and a null control let everything through. */
export interface RequestFilter {
  readonly text: string;
  readonly view: RequestView;
  /** As made by `controlKey`. */
  readonly control: string | null;
}

export const noFilter: RequestFilter = { text: '', view: 'all', control: null };

/** The requests a filter lets through: open ones by the day they are wanted (undated last), then settled ones. `today` is an ISO day. */
export function filterRequests(requests: readonly EvidenceRequest[], filter: RequestFilter, today: string): EvidenceRequest[] {
  const words = filterWords(filter.text);
  return requests
    .filter((request) => {
      if (!isInView(request, filter.view, today)) return false;
      if (filter.control !== null && !request.controls.some((control) => controlKey(control) === filter.control)) return false;
      const { number, title, description, askedOf, note } = request;
      return hasWords([requestLabel(number), title, description, askedOf, note].join('\n'), words);
    })
    .sort((a, b) => settled(a) - settled(b) || (a.due || '9999').localeCompare(b.due || '9999') || a.number - b.number);
}

export function isInView(request: EvidenceRequest, view: RequestView, today: string): boolean {
  if (view === 'open') return isOpenRequest(request);
  if (view === 'late') return isLateRequest(request, today);
  return view === 'all' || request.state === view;
}

function settled(request: EvidenceRequest): number {
  return isOpenRequest(request) ? 0 : 1;
}

/** Open requests for one control. */
export function requestsForControl(requests: readonly EvidenceRequest[], control: string): EvidenceRequest[] {
  return requests.filter((request) => isOpenRequest(request) && request.controls.some((reference) => controlKey(reference) === control));
}
