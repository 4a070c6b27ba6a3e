import { z } from 'zod';
import { fileToken, line } from './schemas.ts';

/** Calls that main answers itself: dialogs, lock, recent vaults. Main never sees a record or a passphrase. */

/** A picked file: a one-use token for the vault and the name to show. */
export interface PickedFile {
  readonly token: string;
  readonly name: string;
}

export interface RecentVault {
  readonly id: string;
  readonly name: string;
  /** Where it lies, shortened for showing. Never sent back. */
  readonly place: string;
}

export const saveKinds = [
  'pdf',
  'pem',
  'original',
  'html',
  'yaml',
  'xlsx',
  'csv',
  'json',
  'folder',
  'requests-xlsx',
  'requests-docx',
  'custody-pdf',
  'body-zip',
] as const;
export type SaveKind = (typeof saveKinds)[number];

export interface ShellInformation {
  readonly version: string;
  readonly electron: string;
  readonly platform: string;
  readonly developmentRuntime: boolean;
  readonly licences: readonly { readonly name: string; readonly version: string; readonly licence: string }[];
}

/** A screen or window that can be photographed. */
export interface CaptureSource {
  readonly id: string;
  /** The window's title or the screen's name, as the system has it. */
  readonly name: string;
  readonly kind: 'screen' | 'window';
  /** A small picture of it as PNG. */
  readonly thumbnail: Uint8Array;
}

/** A picture of a screen or window. */
export interface Capture {
  readonly name: string;
  /** PNG. */
  readonly bytes: Uint8Array;
  /** ISO time. */
  readonly takenAt: string;
}

/** Payload schemas of the shell's calls, by name. Results are in `ShellResults`. */
export const shellPayloads = {
  /** Open-file dialog for evidence, several at once. */
  pickEvidence: z.undefined(),
  /** Folder dialog: every file in it becomes evidence. */
  pickFolder: z.undefined(),
  /** Open-file dialog for one file that replaces a piece of evidence. */
  pickRevision: z.undefined(),
  /** Open-file dialog for a CSV that lists files to attach. */
  pickList: z.undefined(),
  /** The screens and windows that a picture can be taken of. */
  captureSources: z.undefined(),
  /** Takes a picture of one of them after a pause in seconds, with Sealbook's own window out of the way when asked. */
  capture: z.object({
    id: z.string().min(1).max(200),
    hideOwnWindow: z.boolean(),
    delay: z.union([z.literal(0), z.literal(3), z.literal(5)]),
  }),
  /** Folder dialog for a body of evidence to take in. */
  pickBody: z.undefined(),
  /** Open-file dialog for one in a zip file; no dialog of every system takes folders and files alike. */
  pickBodyZip: z.undefined(),
  /** Open-file dialog for checklists: several, because a profile comes with its catalogs. */
  pickChecklists: z.undefined(),
  pickPkcs12: z.undefined(),
  pickReport: z.undefined(),
  /** Save dialog; the token stands for the chosen path. Null when cancelled. */
  pickSave: z.object({ kind: z.enum(saveKinds), suggestedName: line }),
  /** Folder dialog for an existing vault. */
  pickVault: z.undefined(),
  /** Folder dialog for where to put the new vault NAME.sealbook. */
  pickNewVault: z.object({ name: line }),
  recentVaults: z.undefined(),
  openRecent: z.object({ id: z.string().max(100) }),
  forgetRecent: z.object({ id: z.string().max(100) }),
  /** Remembers the vault behind the token as recent, after it was unlocked or created. */
  rememberVault: z.object({ token: fileToken, name: line }),
  /** Builds the sample vault (once) and returns its token. The passphrase is printed on the unlock screen. */
  openSample: z.undefined(),
  /** Locks: kills the vault process and starts a fresh one. */
  lock: z.undefined(),
  setAutoLock: z.object({ minutes: z.number().int().min(1).max(240) }),
  setTheme: z.object({ theme: z.enum(['system', 'light', 'dark']) }),
  /** The window tells that somebody is there, so that the idle lock waits. */
  activity: z.undefined(),
  printRecovery: z.undefined(),
  about: z.undefined(),
} as const;

export type ShellName = keyof typeof shellPayloads;

export interface ShellResults {
  pickEvidence: PickedFile[];
  pickFolder: PickedFile | null;
  pickRevision: PickedFile | null;
  pickList: PickedFile | null;
  captureSources: CaptureSource[];
  capture: Capture;
  pickBody: PickedFile | null;
  pickBodyZip: PickedFile | null;
  pickChecklists: PickedFile[];
  pickPkcs12: PickedFile | null;
  pickReport: PickedFile | null;
  pickSave: PickedFile | null;
  pickVault: PickedFile | null;
  pickNewVault: PickedFile | null;
  recentVaults: RecentVault[];
  openRecent: PickedFile | null;
  forgetRecent: null;
  rememberVault: null;
  openSample: { token: string; name: string; passphrase: string };
  lock: null;
  setAutoLock: null;
  setTheme: null;
  activity: null;
  printRecovery: null;
  about: ShellInformation;
}

export type ShellPayload<Name extends ShellName> = z.input<(typeof shellPayloads)[Name]>;

/** Main -> window. */
export type ShellEvent =
  | { readonly type: 'locked'; readonly reason: 'asked' | 'idle' | 'suspend' | 'crash' }
  | { readonly type: 'menu'; readonly command: string };
