import { z } from 'zod';
import type { EvidenceId } from '../domain/ids.ts';
import { method } from './method.ts';
import { auditId } from './schemas.ts';

/** Where in a piece of evidence the words stand; `several` when no one place has all of them. */
export const foundFields = ['title', 'names', 'notes', 'content', 'several'] as const;
export type FoundField = (typeof foundFields)[number];

/** A part of a snippet, and whether it is what was looked for. Plain text, never markup. */
export interface SnippetPart {
  readonly text: string;
  readonly found: boolean;
}

export interface EvidenceHit {
  readonly evidenceId: EvidenceId;
  readonly number: number;
  readonly title: string;
  readonly mediaType: string;
  readonly field: FoundField;
  readonly snippet: readonly SnippetPart[];
}

export interface EvidenceFound {
  /** By the place of the words (title, names, notes, content, several), in each the newest first. */
  readonly hits: readonly EvidenceHit[];
  /** There are more than were asked for. */
  readonly more: boolean;
  /** Pieces of the audit whose content is not searched yet: it is still being read. */
  readonly waiting: number;
}

export const searchFeature = {
  /** Words in titles, names, notes and content; all of them, the last one as a beginning. Not a custody event. */
  'evidence.search': method<EvidenceFound>()(
    z.object({ auditId, query: z.string().max(300), limit: z.number().int().min(1).max(500).default(100) }),
  ),
} as const;
