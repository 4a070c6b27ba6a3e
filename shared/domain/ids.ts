/** Branded identifiers. Every record has a UUID v4; the brand keeps one kind from being passed as another. */

declare const brand: unique symbol;

/** A string that is only assignable where the same kind of id is asked for. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type PersonId = Id<'person'>;
export type AuditId = Id<'audit'>;
export type EvidenceId = Id<'evidence'>;
export type FindingId = Id<'finding'>;
export type TaskId = Id<'task'>;
export type RequestId = Id<'request'>;
export type ReportId = Id<'report'>;
export type VaultId = Id<'vault'>;

/** Names one control inside an audit: the checklist it belongs to and its id there. */
export interface ControlReference {
  readonly packId: string;
  readonly controlId: string;
}

/** One string for a control reference, usable as a map key. */
export function controlKey(reference: ControlReference): string {
  return `${reference.packId}/${reference.controlId}`;
}
