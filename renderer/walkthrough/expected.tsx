import { useMemo } from 'react';
import type { ControlCoverage } from '../../shared/domain/coverage.ts';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import type { ControlDetail } from '../../shared/ipc/answers.ts';
import { ExpectedEntries } from '../evidence/expected-entries.tsx';
import { useQuery } from '../use-query.ts';
import { named } from './controller.ts';

export interface ExpectedProps {
  readonly auditId: AuditId;
  readonly detail: ControlDetail;
  readonly readOnly: boolean;
  readonly onEvidence: (id: EvidenceId) => void;
}

/** What the checklist expects of the open control, ticked by saying which piece shows it. The texts stand there before the ticks do. */
export function Expected({ auditId, detail, readOnly, onEvidence }: ExpectedProps) {
  const { control, answer, evidence } = detail;
  const ticked = useQuery('coverage.get', { auditId, ...named(answer) }, ['evidence', 'answers', 'audits']).data;
  const pieces = useMemo(() => new Map(evidence.map((item) => [item.id, item])), [evidence]);
  const untold: ControlCoverage = {
    ...named(answer),
    packTitle: '',
    sectionId: '',
    sectionTitle: '',
    citation: control.citations[0] ?? '',
    title: control.title,
    verdict: answer.verdict,
    entries: control.expectedEvidence.map((text) => ({ text, pieces: [] })),
    earlier: [],
    evidence: [...pieces.keys()],
  };
  return <ExpectedEntries auditId={auditId} coverage={ticked ?? untold} pieces={pieces} mayEdit={!readOnly} onEvidence={onEvidence} />;
}
