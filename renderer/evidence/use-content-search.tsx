import { type ReactNode, useMemo } from 'react';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import type { EvidenceHit } from '../../shared/ipc/search.ts';
import { useQuery } from '../use-query.ts';
import { useSettled } from '../use-settled.ts';

/** What the vault's text search adds to the register. */
export interface ContentSearch {
  /** Pieces in whose names, notes or content the words stand. */
  readonly found: ReadonlySet<EvidenceId>;
  /** For those found in their notes or content, where. */
  readonly notes: ReadonlyMap<EvidenceId, ReactNode>;
  /** Pieces whose content is not searched yet. */
  readonly waiting: number;
  /** There are more than the register asked for. */
  readonly more: boolean;
  /** The vault has not answered yet, so that nothing found means nothing. */
  readonly searching: boolean;
}

const mostHits = 500;
const nothing: ContentSearch = { found: new Set(), notes: new Map(), waiting: 0, more: false, searching: false };
const unanswered: ContentSearch = { ...nothing, searching: true };

/** Looks for the words in the content, a moment after they were typed; what is known of the pieces is searched at once elsewhere. */
export function useContentSearch(auditId: AuditId, search: string): ContentSearch {
  const query = useSettled(search);
  const wanted = query.trim().slice(0, 300);
  const { data: result, error } = useQuery('evidence.search', wanted === '' ? null : { auditId, query: wanted, limit: mostHits }, [
    'evidence',
  ]);
  const fits = query === search;
  const isAsked = search.trim() !== '' && error === null;
  return useMemo(() => {
    if (result === undefined || !fits) return isAsked ? unanswered : nothing;
    const shown = result.hits.filter(({ field }) => field === 'notes' || field === 'content');
    return {
      found: new Set(result.hits.map(({ evidenceId }) => evidenceId)),
      notes: new Map(shown.map((hit) => [hit.evidenceId, <Snippet key={hit.evidenceId} hit={hit} />])),
      waiting: result.waiting,
      more: result.more,
      searching: false,
    };
  }, [result, fits, isAsked]);
}

/** Characters before the first word that was found; more of them would push it out of a narrow column. */
const longestLead = 28;

/** The end of what stands before a word, from the beginning of a word. */
function leadOf(text: string): string {
  if (text.length <= longestLead) return text;
  const end = text.slice(-longestLead);
  return `…${end.slice(end.indexOf(' ') + 1)}`;
}

/** The words in what stands around them. Plain text: what comes out of a file is never markup. */
function Snippet({ hit }: { readonly hit: EvidenceHit }) {
  // Two parts may read the same, so each is known by where it begins.
  let at = 0;
  return hit.snippet.map(({ text: whole, found }, index) => {
    const text = index === 0 && !found ? leadOf(whole) : whole;
    const key = at;
    at += text.length;
    return found ? <mark key={key}>{text}</mark> : <span key={key}>{text}</span>;
  });
}
