import { z } from 'zod';
import type { Finding } from '../domain/finding.ts';
import { findingStates } from '../domain/finding.ts';
import type { Task } from '../domain/plan.ts';
import { priorities } from '../domain/plan.ts';
import { method } from './method.ts';
import { auditId, auditOnly, controlReference, day, evidenceId, findingId, line, requiredLine, taskId, text } from './schemas.ts';

const rating = z.number().int().min(1).max(5);

const findingFields = {
  title: requiredLine,
  condition: text,
  criteria: text,
  cause: text,
  effect: text,
  recommendation: text,
  likelihood: rating,
  impact: rating,
  owner: line,
  due: day,
  response: text,
  state: z.enum(findingStates),
};

const taskFields = {
  title: requiredLine,
  phase: line,
  owner: line,
  start: day,
  due: day,
  priority: z.enum(priorities),
  progress: z.number().int().min(0).max(100),
  successCriteria: text,
  findingId: findingId.nullable(),
  dependsOn: z.array(taskId).max(100),
};

export const findingsFeature = {
  'findings.list': method<Finding[]>()(auditOnly),
  'findings.create': method<Finding>()(
    z.object({
      auditId,
      fields: z.object(findingFields).partial().required({ title: true }),
      controls: z.array(controlReference).max(200),
      evidence: z.array(evidenceId).max(200),
    }),
  ),
  'findings.update': method<Finding>()(
    z.object({
      findingId,
      patch: z.object(findingFields).partial(),
      controls: z.array(controlReference).max(200).optional(),
      evidence: z.array(evidenceId).max(200).optional(),
    }),
  ),
  /** Takes a finding out of the register; it stays in the trail and can be restored. */
  'findings.remove': method<null>()(z.object({ findingId })),
  'findings.restore': method<Finding>()(z.object({ findingId })),
  'plan.list': method<Task[]>()(auditOnly),
  'plan.create': method<Task>()(z.object({ auditId, fields: z.object(taskFields).partial().required({ title: true }) })),
  'plan.update': method<Task>()(z.object({ taskId, patch: z.object(taskFields).partial() })),
  'plan.remove': method<null>()(z.object({ taskId })),
  'plan.restore': method<Task>()(z.object({ taskId })),
} as const;
