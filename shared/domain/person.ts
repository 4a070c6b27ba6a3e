import type { PersonId } from './ids.ts';

export const roles = ['lead', 'auditor', 'reviewer', 'observer'] as const;
export type Role = (typeof roles)[number];

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: string;
  /** When their access ended, or empty. What they did stays theirs. */
  readonly removedAt: string;
}

/** What a role may do. Observers read; reviewers read and sign; auditors work; leads also manage people. */
export function mayWrite(role: Role): boolean {
  return role === 'lead' || role === 'auditor';
}

export function mayManagePeople(role: Role): boolean {
  return role === 'lead';
}

export function maySign(role: Role): boolean {
  return role === 'lead' || role === 'auditor' || role === 'reviewer';
}
