import './evidence-detail.css';
import { X } from 'lucide-react';
import { useState } from 'react';
import type { Evidence, EvidenceFields } from '../../shared/domain/evidence.ts';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import type { EvidenceDetail } from '../../shared/ipc/evidence.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { SaveLabel } from '../record/save-label.tsx';
import { useDrafts } from '../record/use-drafts.ts';
import type { Navigate } from '../screens.ts';
import { IconButton, QueryView, Tabs } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { CustodyLedger } from './custody-ledger.tsx';
import { DestroyButton } from './destroy-button.tsx';
import { ExportButton } from './export-button.tsx';
import { Facts } from './facts.tsx';
import { Identifiers } from './identifiers.tsx';
import { Links } from './links.tsx';
import { takeMailAttachment } from './mail-attachments.tsx';
import { MetadataForm } from './metadata-form.tsx';
import { Preview } from './preview.tsx';
import { RedactButton } from './redact/redact-button.tsx';
import { Related } from './redact/related.tsx';
import { ReplaceButton } from './replace-button.tsx';
import { Revisions } from './revisions.tsx';

export interface EvidenceDetailViewProps {
  readonly auditId: AuditId;
  readonly evidenceId: EvidenceId;
  readonly mayEdit: boolean;
  readonly navigate: Navigate;
  readonly onClose: () => void;
}

/** A piece of evidence with the time of its last save, which is how drafts tell older from newer. */
type Saved = Evidence & { readonly updatedAt: string };

/** One piece of evidence: what it shows, what is known of it, where it is used and who touched it. */
export function EvidenceDetailView(props: EvidenceDetailViewProps) {
  const query = useQuery('evidence.get', { evidenceId: props.evidenceId }, ['evidence', 'findings', 'trail']);
  return (
    <section className="evidence-detail" aria-label={t('evidence.detail')}>
      <QueryView query={query}>{(detail) => <Loaded {...props} detail={detail} />}</QueryView>
    </section>
  );
}

function Loaded({ auditId, detail, mayEdit, navigate, onClose }: EvidenceDetailViewProps & { readonly detail: EvidenceDetail }) {
  const { evidence, custody } = detail;
  const [tab, setTab] = useState('details');
  const drafts = useDrafts<Saved, Partial<EvidenceFields>>(saveFields);
  // The vault keeps no time of the last description, so a saved draft is always taken as the newer one.
  const fields = drafts.overlay({ ...evidence, updatedAt: '' });
  const label = evidenceLabel(evidence.number);
  return (
    <>
      <div className="evidence-detail__preview">
        <header className="evidence-detail__head">
          <span className="mono">{label}</span>
          <h2 className="evidence-detail__title truncate">{fields.title}</h2>
          {mayEdit ? <RedactButton evidence={evidence} onShow={(id) => navigate('evidence', { evidenceId: id })} /> : null}
          <IconButton label={t('evidence.close')} icon={<X aria-hidden="true" />} size="small" onPress={onClose} />
        </header>
        <Preview
          evidence={evidence}
          exportButton={<ExportButton evidence={evidence} />}
          {...(mayEdit ? { onTakeAttachment: (index: number) => void takeMailAttachment(evidence.id, index) } : {})}
        />
      </div>
      <div className="evidence-detail__side">
        <Tabs
          label={label}
          selected={tab}
          onSelect={setTab}
          items={[
            {
              id: 'details',
              title: t('evidence.tab.details'),
              content: (
                <div className="evidence-detail__part">
                  <Related evidence={evidence} onShow={(id) => navigate('evidence', { evidenceId: id })} />
                  <Revisions evidence={evidence} onShow={(id) => navigate('evidence', { evidenceId: id })} />
                  <MetadataForm
                    facts={evidence.facts}
                    fields={fields}
                    receivedAt={evidence.receivedAt}
                    readOnly={!mayEdit}
                    onChange={(patch, typed) => drafts.edit(evidence.id, patch, typed)}
                    onLeaveField={() => void drafts.flush()}
                  />
                  <SaveLabel status={drafts.status(evidence.id)} onRetry={() => drafts.retry(evidence.id)} />
                  <Facts detail={detail} />
                  <div className="evidence-detail__actions">
                    <ExportButton evidence={evidence} />
                    {mayEdit ? <ReplaceButton evidence={evidence} onReplaced={(id) => navigate('evidence', { evidenceId: id })} /> : null}
                    {mayEdit ? <DestroyButton evidence={evidence} onDestroyed={onClose} /> : null}
                  </div>
                </div>
              ),
            },
            {
              id: 'links',
              title: t('evidence.tab.links'),
              count: evidence.controls.length + evidence.findings.length,
              content: <Links auditId={auditId} evidence={evidence} mayEdit={mayEdit} navigate={navigate} />,
            },
            ...(detail.preview !== 'image'
              ? [
                  {
                    id: 'identifiers',
                    title: t('evidence.identifiers'),
                    content: (
                      <Identifiers
                        evidence={evidence}
                        onSensitivity={mayEdit ? (sensitivity) => drafts.edit(evidence.id, { sensitivity }, false) : null}
                      />
                    ),
                  },
                ]
              : []),
            {
              id: 'custody',
              title: t('evidence.tab.custody'),
              count: custody.length,
              content: <CustodyLedger auditId={auditId} evidenceId={evidence.id} />,
            },
          ]}
        />
      </div>
    </>
  );
}

async function saveFields(id: string, patch: Partial<EvidenceFields>): Promise<Saved> {
  const { tags, ...fields } = patch;
  const evidence = await call('evidence.update', {
    evidenceId: id as EvidenceId,
    patch: { ...fields, ...(tags === undefined ? {} : { tags: [...tags] }) },
  });
  return { ...evidence, updatedAt: new Date().toISOString() };
}
