import type { Sensitivity } from '../../shared/domain/evidence.ts';
import type { BulkPatch } from '../../shared/ipc/evidence-bulk.ts';

/** What is entered in the dialog for several pieces. Null leaves a field as it is on each of them; empty empties it. */
export interface BulkDraft {
  readonly sensitivity: Sensitivity | null;
  readonly collector: string | null;
  readonly source: string | null;
  readonly method: string | null;
  readonly retainUntil: string | null;
  /** Separated by commas. */
  readonly addTags: string;
  readonly removeTags: readonly string[];
}

export const emptyDraft: BulkDraft = {
  sensitivity: null,
  collector: null,
  source: null,
  method: null,
  retainUntil: null,
  addTags: '',
  removeTags: [],
};

/** Words separated by commas, each once. */
export function tagsOf(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))].slice(0, 50);
}

/** The change that the draft asks for, without the pieces. A tag that is added and removed stays. */
export function bulkChange(draft: BulkDraft): { patch: BulkPatch; addTags: string[]; removeTags: string[] } {
  const { addTags, removeTags, ...fields } = draft;
  const patch = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as BulkPatch;
  const added = tagsOf(addTags);
  return { patch, addTags: added, removeTags: removeTags.filter((tag) => !added.includes(tag)).slice(0, 50) };
}

export function isEmptyDraft(draft: BulkDraft): boolean {
  const { patch, addTags, removeTags } = bulkChange(draft);
  return Object.keys(patch).length === 0 && addTags.length === 0 && removeTags.length === 0;
}
