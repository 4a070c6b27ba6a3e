import { z } from 'zod';
import type { Answer, AnswerFields, AnswerPatch } from '../domain/answer.ts';
import { addressableDecisions, questionValues, verdicts, workStatuses } from '../domain/answer.ts';
import { type Carry, carryChanges } from '../domain/carry.ts';
import type { Control } from '../domain/control.ts';
import { methods } from '../domain/control.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import type { Relative } from '../domain/relations.ts';
import { method } from './method.ts';
import { auditId, controlReference, line, text } from './schemas.ts';

const count = z.number().int().min(0).max(1_000_000_000).nullable();

export const answerPatch = z
  .object({
    verdict: z.enum(verdicts),
    workStatus: z.enum(workStatuses),
    rationale: text,
    addressableDecision: z.enum(addressableDecisions).nullable(),
    methods: z.array(z.enum(methods)).max(3),
    interviewed: z.array(line).max(100),
    sample: z.object({ population: count, size: count, deviations: count, seed: line, description: text }),
    questions: z.record(z.string().max(100), z.object({ value: z.enum(questionValues).nullable(), note: text })),
  })
  .partial()
  .strict();

/** One field's change, newest first in a history. */
export interface HistoryEntry {
  readonly at: string;
  readonly person: string;
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** An answer that was given to an earlier text of the control. */
export interface EarlierAnswer {
  /** Version of the checklist it was given to. */
  readonly version: string;
  readonly control: Control;
  readonly answer: AnswerFields;
}

/** Everything the control's pane shows. */
export interface ControlDetail {
  readonly control: Control;
  readonly sectionTitle: string;
  readonly answer: Answer;
  readonly updatedByName: string;
  readonly evidence: readonly Evidence[];
  readonly findings: readonly Finding[];
  readonly checks: readonly string[];
  /** Controls of the audit's other checklists that ask the same. */
  readonly related: readonly Relative[];
  /** Where this answer was carried from, and the answers that were carried from it. */
  readonly carriedFrom: Carry | null;
  readonly carriedTo: readonly Carry[];
  /** Waits because the control's text changed; null when nothing waits. */
  readonly earlier: EarlierAnswer | null;
}

export interface SavedAnswer {
  readonly answer: Answer;
  /** ISO time at which the change was durable. */
  readonly savedAt: string;
  /** The patch that takes the change back. */
  readonly undo: AnswerPatch;
}

const target = controlReference.extend({ auditId });

export const answersFeature = {
  'answers.get': method<ControlDetail>()(target),
  /** Durable when it returns. An empty patch changes nothing. */
  'answers.save': method<SavedAnswer>()(target.extend({ patch: answerPatch })),
  /** Carries verdict, rationale and evidence to controls that ask the same; what they said before is kept. */
  'answers.carry': method<{ carried: number }>()(target.extend({ targets: z.array(controlReference).min(1).max(700) })),
  /** For a control whose answer was carried over. */
  'answers.changeCarry': method<null>()(target.extend({ to: z.enum(carryChanges) })),
  /** Keeps the earlier answer for the changed text, or lets it go. */
  'answers.decideEarlier': method<null>()(target.extend({ keep: z.boolean() })),
  'answers.history': method<HistoryEntry[]>()(target),
} as const;
