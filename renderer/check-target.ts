import type { Check } from '../shared/domain/checks.ts';
import { controlKey } from '../shared/domain/ids.ts';
import type { Navigate } from './screens.ts';

/** Goes to what a check is about: the control, the evidence, the finding or the task. */
export function goToCheck(check: Check, navigate: Navigate): void {
  if (check.control !== null) navigate('walkthrough', { controlKey: controlKey(check.control) });
  else if (check.evidenceId !== null) navigate('evidence', { evidenceId: check.evidenceId });
  else if (check.findingId !== null) navigate('findings', { findingId: check.findingId });
  else if (check.taskId !== null) navigate('plan', { taskId: check.taskId });
}

/** One string per check, for React keys. */
export function checkKey(check: Check): string {
  const about = check.control === null ? (check.evidenceId ?? check.findingId ?? check.taskId ?? '') : controlKey(check.control);
  return `${check.code} ${about}`;
}
