import './inspector.css';
import { memo, useState } from 'react';
import type { AuditId, ControlReference, EvidenceId, FindingId } from '../../shared/domain/ids.ts';
import type { ControlDetail } from '../../shared/ipc/answers.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import { t } from '../i18n/translate.ts';
import { Tabs } from '../ui/index.ts';
import { Crosswalk } from './crosswalk.tsx';
import { EvidenceTab } from './evidence-tab.tsx';
import { History } from './history.tsx';
import { RelatedControls } from './related-controls.tsx';

export interface InspectorProps {
  readonly auditId: AuditId;
  readonly detail: ControlDetail;
  readonly readOnly: boolean;
  /** Whether files hang over the screen. */
  readonly over: boolean;
  readonly onAttach: () => void;
  readonly onEvidence: (id: EvidenceId) => void;
  readonly onFinding: (id: FindingId) => void;
  /** Every control of the audit, to name those that ask the same. */
  readonly rows: readonly ControlRow[];
  readonly onControl: (reference: ControlReference) => void;
}

/** The fourth column: what belongs to the control. */
export const Inspector = memo(function Inspector(props: InspectorProps) {
  const { auditId, detail } = props;
  const [tab, setTab] = useState('evidence');
  return (
    <aside className="inspector" aria-label={t('walkthrough.inspector')}>
      <Tabs
        label={t('walkthrough.inspector')}
        selected={tab}
        onSelect={setTab}
        items={[
          { id: 'evidence', title: t('walkthrough.tab.evidence'), count: detail.evidence.length, content: <EvidenceTab {...props} /> },
          {
            id: 'crosswalk',
            title: t('walkthrough.tab.crosswalk'),
            count: detail.control.crosswalk.length + detail.related.length,
            content: (
              <>
                <RelatedControls related={detail.related} rows={props.rows} onControl={props.onControl} />
                <Crosswalk links={detail.control.crosswalk} />
              </>
            ),
          },
          {
            id: 'history',
            title: t('walkthrough.tab.history'),
            content: <History auditId={auditId} packId={detail.answer.packId} control={detail.control} />,
          },
        ]}
      />
    </aside>
  );
});
