import type { Pack, PackSummary } from './control.ts';

/** How a checklist came into the library. */
export const packOrigins = ['shipped', 'written', 'yaml', 'table', 'oscal', 'tailored'] as const;
export type PackOrigin = (typeof packOrigins)[number];

/** Files that a checklist can be written to and read from. */
export const packFormats = ['yaml', 'xlsx', 'csv', 'oscal'] as const;
export type PackFormat = (typeof packFormats)[number];

/** Who vouches for a checklist: the author's certificate and a signature over the content hash. */
export interface PackSignature {
  /** Common name of the certificate. */
  readonly signer: string;
  /** SHA-256 (hex) of the certificate. */
  readonly fingerprint: string;
  /** X.509, DER, base64. */
  readonly certificate: string;
  /** ECDSA or RSA with SHA-256 over `sealbook checklist <hash>`, base64. */
  readonly value: string;
  /** ISO time as stated by the signer. */
  readonly signedAt: string;
}

/** One change against the checklist that this one is based on, with its reason. */
export interface TailoringChange {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly controlId: string;
  readonly reason: string;
}

/** The key under which a draft keeps the reason of a change. */
export function differenceKey({ kind, controlId }: Omit<TailoringChange, 'reason'>): string {
  return `${kind} ${controlId}`;
}

/** A checklist that is being written. Its content may be unfinished in every way. */
export interface PackDraft {
  readonly id: string;
  readonly content: PackDraftContent;
  readonly base: { readonly packId: string; readonly version: string; readonly title: string } | null;
  /** By `kind controlId`, as of `TailoringChange`. */
  readonly reasons: Readonly<Record<string, string>>;
  /** ISO time of the last save. */
  readonly updatedAt: string;
}

/** The shape of a checklist without its promises: ids may be empty or twice, lists empty. */
export type PackDraftContent = Omit<Pack, 'hash'>;

/** A checklist that audits can be made with. */
export interface PackEntry extends PackSummary {
  readonly origin: PackOrigin;
  /** Name of the file it came from, or empty. */
  readonly file: string;
  readonly signature: Pick<PackSignature, 'signer' | 'fingerprint' | 'signedAt'> | null;
  readonly base: { readonly packId: string; readonly version: string } | null;
  readonly changes: readonly TailoringChange[];
  /** ISO time, empty for shipped ones. */
  readonly addedAt: string;
}
