import type { Answer } from '../../shared/domain/answer.ts';
import { type CheckCode, findOpenChecks } from '../../shared/domain/checks.ts';
import type { Control } from '../../shared/domain/control.ts';
import type { ControlReference } from '../../shared/domain/ids.ts';

/** Codes of the open checks at one control. */
export function controlChecks(
  entry: ControlReference & {
    readonly control: Control;
    readonly answer: Answer;
    readonly evidenceCount: number;
    readonly findingCount: number;
    readonly waiting: boolean;
  },
): CheckCode[] {
  const { control, answer, evidenceCount, findingCount, waiting, packId, controlId } = entry;
  const checked = {
    packId,
    controlId,
    title: control.title,
    citation: control.citations.join(', '),
    requirement: control.requirement,
    answer,
    evidenceCount,
    findingCount,
    waiting,
  };
  return findOpenChecks({ controls: [checked], evidence: [], tasks: [], periodFrom: '', periodTo: '', today: '' }).map(
    (check) => check.code,
  );
}
