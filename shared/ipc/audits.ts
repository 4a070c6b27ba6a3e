import { z } from 'zod';
import type { AddressableDecision, Verdict, WorkStatus } from '../domain/answer.ts';
import type { Audit, AuditSummary, VerdictCounts } from '../domain/audit.ts';
import type { Check } from '../domain/checks.ts';
import type { Pack, Requirement } from '../domain/control.ts';
import { method } from './method.ts';
import { auditId, auditOnly, day, line, nothing, packId, personId, requiredLine, text } from './schemas.ts';

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
      packIds: z.array(packId).min(1).max(20),
      team: z.array(personId).max(100).default([]),
    }),
  ),
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
