import type { AnswerFields } from './answer.ts';
import { needsRationale } from './answer.ts';
import type { Requirement } from './control.ts';
import type { ControlReference, EvidenceId, FindingId, TaskId } from './ids.ts';
import { isOverdue } from './plan.ts';

/** Consistency checks: what keeps a report a draft. Pure, so that the list is live and testable. */

export const checkCodes = [
  'unanswered-required',
  'unanswered',
  'rationale-missing',
  'decision-missing',
  'compliant-without-evidence',
  'statement-alone',
  'earlier-answer-waiting',
  'non-compliant-without-finding',
  'evidence-outside-period',
  'sensitive-without-copy',
  'task-overdue',
] as const;
export type CheckCode = (typeof checkCodes)[number];

/** Blocking checks keep the report a draft; warnings are shown and printed but do not block. */
export type CheckSeverity = 'blocking' | 'warning';

export interface Check {
  readonly code: CheckCode;
  readonly severity: CheckSeverity;
  readonly control: ControlReference | null;
  readonly evidenceId: EvidenceId | null;
  readonly findingId: FindingId | null;
  readonly taskId: TaskId | null;
  /** What the check is about, in one line: a control's title, a file's title, a task's title. */
  readonly subject: string;
  /** Citation of the control, or empty. */
  readonly citation: string;
}

export interface CheckedControl extends ControlReference {
  readonly title: string;
  readonly citation: string;
  readonly requirement: Requirement;
  readonly answer: Pick<AnswerFields, 'verdict' | 'rationale' | 'methods' | 'addressableDecision'>;
  readonly evidenceCount: number;
  readonly findingCount: number;
  /** An earlier answer waits, because the control's text changed. */
  readonly waiting: boolean;
}

export interface CheckInput {
  readonly controls: readonly CheckedControl[];
  readonly evidence: readonly {
    readonly id: EvidenceId;
    readonly title: string;
    readonly effectiveFrom: string;
    readonly effectiveTo: string;
  }[];
  readonly tasks: readonly { readonly id: TaskId; readonly title: string; readonly due: string; readonly progress: number }[];
  /** ISO days; empty when the audit has no period. */
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly today: string;
}

/** Compliant, but nobody examined or tested anything and nothing is attached: it rests on what somebody said. */
export function isStatementAlone(control: Pick<CheckedControl, 'answer' | 'evidenceCount'>): boolean {
  const { verdict, methods } = control.answer;
  return (
    verdict === 'compliant' &&
    control.evidenceCount === 0 &&
    methods.includes('interview') &&
    !methods.includes('examine') &&
    !methods.includes('test')
  );
}

/** All open checks of an audit, controls first in checklist order, then evidence, then tasks. */
export function findOpenChecks(input: CheckInput): Check[] {
  return [
    ...input.controls.flatMap(checkControl),
    ...input.evidence
      .filter((item) => outsidePeriod(item, input))
      .map((item) => ({
        ...blank,
        code: 'evidence-outside-period' as const,
        severity: 'blocking' as const,
        evidenceId: item.id,
        subject: item.title,
      })),
    ...input.tasks
      .filter((task) => isOverdue(task, input.today))
      .map((task) => ({ ...blank, code: 'task-overdue' as const, severity: 'blocking' as const, taskId: task.id, subject: task.title })),
  ];
}

const blank = { control: null, evidenceId: null, findingId: null, taskId: null, subject: '', citation: '' };

function checkControl(control: CheckedControl): Check[] {
  const { answer } = control;
  const open = (code: CheckCode, severity: CheckSeverity): Check => ({
    ...blank,
    code,
    severity,
    control: { packId: control.packId, controlId: control.controlId },
    subject: control.title,
    citation: control.citation,
  });
  const waiting = control.waiting ? [open('earlier-answer-waiting', 'warning')] : [];
  if (answer.verdict === 'not-assessed') {
    return [...waiting, control.requirement === 'recommended' ? open('unanswered', 'warning') : open('unanswered-required', 'blocking')];
  }
  const checks: Check[] = [...waiting];
  const explained = answer.rationale.trim() !== '';
  const alternative = answer.addressableDecision !== null && answer.addressableDecision !== 'implemented';
  if (!explained && (needsRationale(answer.verdict) || alternative)) checks.push(open('rationale-missing', 'blocking'));
  if (control.requirement === 'addressable' && answer.verdict === 'not-applicable' && answer.addressableDecision === null) {
    checks.push(open('decision-missing', 'blocking'));
  }
  if (isStatementAlone(control)) checks.push(open('statement-alone', 'warning'));
  else if (answer.verdict === 'compliant' && control.evidenceCount === 0) checks.push(open('compliant-without-evidence', 'blocking'));
  if (answer.verdict === 'non-compliant' && control.findingCount === 0) checks.push(open('non-compliant-without-finding', 'blocking'));
  return checks;
}

/** Evidence speaks about days that do not touch the audit's period. Undated evidence is not judged. */
function outsidePeriod(item: { effectiveFrom: string; effectiveTo: string }, input: CheckInput): boolean {
  const from = item.effectiveFrom || item.effectiveTo;
  const to = item.effectiveTo || item.effectiveFrom;
  if (from === '') return false;
  return (input.periodFrom !== '' && to < input.periodFrom) || (input.periodTo !== '' && from > input.periodTo);
}
