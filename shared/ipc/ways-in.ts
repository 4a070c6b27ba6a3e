import { z } from 'zod';
import type { Derivation } from '../domain/evidence.ts';
import type { EvidenceId } from '../domain/ids.ts';
import type { MailAttachment } from '../domain/preview.ts';
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

export const listProblemCodes = [
  'not-text',
  'not-csv',
  'no-path-column',
  'no-rows',
  'path-missing',
  'path-absolute',
  'path-outside',
  'file-missing',
  'file-link',
  'file-not-regular',
  'file-empty',
  'file-too-large',
  'duplicate',
  'control-unknown',
  'sensitivity-unknown',
  'collected-unreadable',
  'too-long',
] as const;
export type ListProblemCode = (typeof listProblemCodes)[number];

/** Something in a list of files that keeps it from being imported. */
export interface ListProblem {
  readonly line: number;
  readonly code: ListProblemCode;
  /** What the cell says, or what the problem is about. */
  readonly value: string;
}

/** What a list of files asks for. It is imported only when it has no problems. */
export interface ListCheck {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  readonly problems: readonly ListProblem[];
  /** Columns whose names mean nothing here; they are left out. */
  readonly ignored: readonly string[];
  /** Lines whose files would be collected after they are received, now. They are attached all the same. */
  readonly late: readonly { readonly line: number; readonly collectedAt: string }[];
}

export interface ListImport {
  readonly problems: readonly ListProblem[];
  readonly results: readonly AttachResult[];
  readonly notReached: number;
}

const links = { controls: z.array(controlReference).max(700) };

export const waysInFeature = {
  /** Seals every file of a picked folder and of the folders in it. Links are not followed. Long; cancel keeps what is attached. */
  'evidence.attachFolder': method<FolderResult>()(z.object({ auditId, token: fileToken, ...links })),
  /** Seals a file as the newer revision of a piece, which takes over its links. Long. */
  'evidence.replace': method<AttachResult>()(z.object({ evidenceId, token: fileToken, reason: requiredLine })),
  /** Reads a list of files and finds every problem in it. Nothing is attached, and the token can still be imported. */
  'evidence.checkList': method<ListCheck>()(z.object({ auditId, token: fileToken })),
  /** Checks the list once more and attaches its files when nothing is wrong with any of them. Long; cancel keeps what is attached. */
  'evidence.importList': method<ListImport>()(z.object({ auditId, token: fileToken })),
  /** Writes an empty list with its columns and an example. */
  'evidence.listTemplate': method<{ name: string }>()(z.object({ token: fileToken })),
  /** The attachments of a mail, read by the keyless reader. Recorded as viewed. */
  'evidence.mailAttachments': method<readonly MailAttachment[]>()(z.object({ evidenceId })),
  /** Seals one attachment of a mail as a piece of its own, linked as the mail is. */
  'evidence.takeAttachment': method<AttachResult>()(z.object({ evidenceId, index: z.number().int().min(0).max(100_000) })),
  'evidence.relations': method<EvidenceRelations>()(z.object({ evidenceId })),
} as const;
