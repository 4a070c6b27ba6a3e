import { useMemo, useSyncExternalStore } from 'react';
import { controlKey } from '../../shared/domain/ids.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import type { AnswerState, Autosave } from './autosave.ts';

/** The row as the auditor left it, before the vault's list has caught up. */
export function overlayRow(row: ControlRow, state: AnswerState | null): ControlRow {
  if (state === null) return row;
  const { verdict, workStatus, addressableDecision } = state.answer;
  if (row.verdict === verdict && row.workStatus === workStatus && row.addressableDecision === addressableDecision) return row;
  return { ...row, verdict, workStatus, addressableDecision };
}

/** The vault's rows with what was changed a moment ago. Typing in a text does not make them anew. */
export function useRows(rows: readonly ControlRow[], autosave: Autosave): readonly ControlRow[] {
  const shape = useSyncExternalStore(autosave.subscribe, () => changesInRows(autosave));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape stands for the part of the answers that rows show
  return useMemo(() => rows.map((row) => overlayRow(row, autosave.read(controlKey(row)))), [rows, autosave, shape]);
}

function changesInRows(autosave: Autosave): string {
  return autosave
    .keys()
    .map((key) => {
      const answer = autosave.read(key)?.answer;
      return `${key} ${answer?.verdict} ${answer?.workStatus} ${answer?.addressableDecision}`;
    })
    .join('\n');
}
