import { z } from 'zod';
import type { Derivation } from '../domain/evidence.ts';
import type { EvidenceId } from '../domain/ids.ts';
import type { AttachResult } from './evidence.ts';
import { method } from './method.ts';
import { auditId, controlReference, evidenceId, fileToken, requiredLine } from './schemas.ts';

/** Ways of evidence into the vault besides single files, and its revisions. */

/** A piece as it is named beside another one. */
export interface RelatedEvidence {
  readonly id: EvidenceId;
  readonly number: number;
  readonly title: string;
  readonly originalName: string;
  readonly receivedAt: string;
  readonly derivation: Derivation | '';
}

export interface EvidenceRelations {
  /** The piece among its revisions, the newest first; empty when it is the only one. */
  readonly revisions: readonly RelatedEvidence[];
  /** What it was made from. */
  readonly origin: RelatedEvidence | null;
  /** What was made from it: redacted copies, attachments of a mail. */
  readonly derived: readonly RelatedEvidence[];
}

/** What became of a folder's files, in the order in which they were found. */
export interface FolderResult {
  readonly folder: string;
  readonly results: readonly AttachResult[];
  /** Files that were not reached because it was cancelled. */
  readonly notReached: number;
}

/** Most files that are taken from a folder at a time. */
export const mostFolderFiles = 20_000;

const links = { controls: z.array(controlReference).max(700) };

export const waysInFeature = {
  /** Seals every file of a picked folder and of the folders in it. Links are not followed. Long; cancel keeps what is attached. */
  'evidence.attachFolder': method<FolderResult>()(z.object({ auditId, token: fileToken, ...links })),
  /** Seals a file as the newer revision of a piece, which takes over its links. Long. */
  'evidence.replace': method<AttachResult>()(z.object({ evidenceId, token: fileToken, reason: requiredLine })),
  'evidence.relations': method<EvidenceRelations>()(z.object({ evidenceId })),
} as const;
