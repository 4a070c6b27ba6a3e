import { Flag, Paperclip, TriangleAlert } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import { useEvidenceDrop } from '../evidence/evidence-drag.ts';
import { t } from '../i18n/translate.ts';
import { VerdictIcon, verdictWord } from '../ui/index.ts';

export interface ControlListRowProps {
  readonly id: string;
  readonly row: ControlRow;
  readonly position: number;
  readonly count: number;
  /** Pixels from the top of the list. */
  readonly start: number;
  readonly selected: boolean;
  readonly measure: (element: HTMLElement | null) => void;
  readonly onOpen: (reference: ControlReference) => void;
  /** Pieces of evidence were dropped here; null where nothing may be changed. */
  readonly onEvidence: ((reference: ControlReference, ids: EvidenceId[]) => void) | null;
}

/** A control in the list: verdict, title, citation, and what hangs on it. Reached through the list, not by Tab. */
export const ControlListRow = memo(function ControlListRow(props: ControlListRowProps) {
  const { id, row, position, count, start, selected, measure, onOpen, onEvidence } = props;
  const drop = useEvidenceDrop(onEvidence === null ? null : (ids) => onEvidence(row, ids));
  const letter = t(`walkthrough.row.requirement.${row.requirement}`);
  // Nobody is told that a control nobody looked at yet is open: that is what the empty ring says.
  const checks = row.verdict === 'not-assessed' ? 0 : row.checks.length;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names the active row
    <div
      ref={measure}
      id={id}
      role="option"
      aria-selected={selected}
      aria-posinset={position + 1}
      aria-setsize={count}
      data-index={position}
      className={drop.over ? 'control-row control-row--over' : 'control-row'}
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => onOpen(row)}
      {...drop.props}
    >
      <span className="control-row__verdict">
        <VerdictIcon verdict={row.verdict} />
        <span className="visually-hidden">{verdictWord(row.verdict)}</span>
      </span>
      <span className="control-row__text">
        <span className="control-row__title">{row.title}</span>
        <span className="control-row__citation mono">
          {shortCitation(row.citation)}
          {letter === '' ? null : `\u00a0·\u00a0${letter}`}
        </span>
      </span>
      <span className="control-row__marks">
        <Mark count={checks} icon={<TriangleAlert />} text={t('walkthrough.row.checks', { count: checks })} tone="partial" />
        <Mark count={row.findings} icon={<Flag />} text={t('walkthrough.row.findings', { count: row.findings })} />
        <Mark count={row.evidence} icon={<Paperclip />} text={t('walkthrough.row.evidence', { count: row.evidence })} />
      </span>
    </div>
  );
});

interface MarkProps {
  readonly count: number;
  readonly icon: ReactNode;
  readonly text: string;
  readonly tone?: 'partial';
}

function Mark({ count, icon, text, tone }: MarkProps) {
  if (count === 0) return null;
  return (
    <span className={tone === undefined ? 'control-row__mark' : `control-row__mark control-row__mark--${tone}`}>
      <span aria-hidden="true">{icon}</span>
      <span className="numeric" aria-hidden="true">
        {count}
      </span>
      <span className="visually-hidden">{text}</span>
    </span>
  );
}

/** The title of the Code is the same in every row of a HIPAA checklist and only stands in the control's own pane. */
function shortCitation(citation: string): string {
  return citation.replace(/^45 CFR (§ ?)?/, '');
}
