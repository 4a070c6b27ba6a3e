import { z } from 'zod';
import type { AddressableDecision, Verdict, WorkStatus } from '../domain/answer.ts';
import { type AuditProfile, entityKinds, type Proposal, profileFacts, staffSizes } from '../domain/applicability.ts';
import type { Audit, AuditSummary, VerdictCounts } from '../domain/audit.ts';
import type { Check } from '../domain/checks.ts';
import type { Pack, Requirement } from '../domain/control.ts';
import { method } from './method.ts';
import { auditId, auditOnly, controlReference, day, line, nothing, packId, personId, requiredLine, text } from './schemas.ts';

const names = z.array(line).max(200);

const auditFields = {
  title: requiredLine,
  organisation: requiredLine,
  scope: text,
  sites: names,
  systems: names,
  periodFrom: day,
  periodTo: day,
  due: day,
  summary: text,
  limits: text,
};

/** A control as a row of the walkthrough's list. */
export interface ControlRow {
  readonly packId: string;
  readonly controlId: string;
  readonly sectionId: string;
  readonly group: string;
  readonly title: string;
  readonly citation: string;
  readonly requirement: Requirement;
  readonly weight: number;
  readonly verdict: Verdict;
  readonly workStatus: WorkStatus;
  readonly addressableDecision: AddressableDecision | null;
  readonly questions: number;
  readonly answeredQuestions: number;
  readonly evidence: number;
  readonly findings: number;
  /** Codes of the open checks at this control. */
  readonly checks: readonly string[];
}

export interface SectionRow {
  readonly packId: string;
  readonly packTitle: string;
  readonly id: string;
  readonly title: string;
  readonly counts: VerdictCounts;
}

export interface Dashboard {
  readonly audit: AuditSummary;
  /** 0..100 or null. */
  readonly score: number | null;
  /** Score at the end of each day that had a change of verdict, oldest first. */
  readonly trend: readonly { readonly day: string; readonly score: number }[];
  readonly sections: readonly SectionRow[];
  /** Open findings by likelihood and impact. */
  readonly heat: readonly { readonly likelihood: number; readonly impact: number; readonly count: number }[];
  readonly checks: readonly Check[];
  readonly nextTasks: readonly { readonly id: string; readonly title: string; readonly due: string; readonly progress: number }[];
  readonly activity: readonly { readonly at: string; readonly person: string; readonly action: string; readonly detail: string }[];
}

/** An audit's profile and what was proposed for it. */
export interface Applicability {
  readonly profile: AuditProfile;
  readonly proposals: readonly (Proposal & { readonly overruled: boolean; readonly verdict: Verdict })[];
}

/** A newer version of an audit's checklist: how many controls of each kind. */
export interface PackUpdate {
  readonly packId: string;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly unchanged: number;
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
}

const profile = z.strictObject({
  entity: z.enum(entityKinds).nullable(),
  staff: z.enum(staffSizes).nullable(),
  facts: z.partialRecord(z.enum(profileFacts), z.boolean()),
});
const packIds = z.array(packId).min(1).max(20);

export const auditsFeature = {
  'audits.list': method<AuditSummary[]>()(nothing),
  /** Fields left out are empty; an empty team is the person who creates the audit. */
  'audits.create': method<Audit>()(
    z.object({
      ...auditFields,
      scope: text.default(''),
      sites: names.default([]),
      systems: names.default([]),
      due: day.default(''),
      summary: text.default(''),
      limits: text.default(''),
      packIds,
      /** What follows from it is answered as not applicable, except what was overruled. */
      profile: profile.nullable().default(null),
      overruled: z.array(controlReference).max(5000).default([]),
      /** Takes over its answers where the text is unchanged; the others wait for review. */
      fromAuditId: auditId.nullable().default(null),
      team: z.array(personId).max(100).default([]),
    }),
  ),
  /** What a profile would make inapplicable, before there is an audit. */
  'audits.propose': method<Proposal[]>()(z.object({ packIds, profile })),
  'audits.applicability': method<Applicability | null>()(auditOnly),
  'audits.overrule': method<null>()(controlReference.extend({ auditId, overruled: z.boolean() })),
  /** Newer versions of the audit's checklists. */
  'audits.packUpdates': method<PackUpdate[]>()(auditOnly),
  'audits.updatePack': method<null>()(z.object({ auditId, packId })),
  'audits.get': method<AuditSummary>()(auditOnly),
  'audits.update': method<Audit>()(z.object({ auditId, patch: z.object(auditFields).partial() })),
  'audits.setState': method<Audit>()(z.object({ auditId, state: z.enum(['planning', 'fieldwork', 'review', 'archived']), reason: line })),
  'audits.dashboard': method<Dashboard>()(auditOnly),
  /** Everything the walkthrough's lists need, in checklist order. */
  'audits.controls': method<{ sections: SectionRow[]; controls: ControlRow[] }>()(auditOnly),
  'audits.checks': method<Check[]>()(auditOnly),
  /** The pack as frozen into the audit. */
  'audits.pack': method<Pack>()(z.object({ auditId, packId })),
} as const;
