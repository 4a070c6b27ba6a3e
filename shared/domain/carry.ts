import type { ControlReference } from './ids.ts';

/**
 * Answer once: verdict, rationale and evidence of a control carried over to one that asks the same. While the two are in
 * sync, a change at the origin is made at the follower too; a follower that is changed on its own is knowingly apart.
 */
export const carryModes = ['in-sync', 'apart'] as const;
export type CarryMode = (typeof carryModes)[number];

/** What can be done with a carried answer later. */
export const carryChanges = [...carryModes, 'taken-back'] as const;
export type CarryChange = (typeof carryChanges)[number];

/** The fields of an answer that are carried. Questions, methods and samples belong to the control that was looked at. */
export const carriedFields = ['verdict', 'rationale'] as const;

/** One end of a carried answer, as the other end shows it. */
export interface Carry extends ControlReference {
  /** The requirement the two have in common. */
  readonly requirement: string;
  readonly mode: CarryMode;
  /** ISO time at which it was carried. */
  readonly carriedAt: string;
  readonly carriedByName: string;
}
