import type { Evidence } from '../../shared/domain/evidence.ts';
import { findingLabel } from '../../shared/domain/finding.ts';
import { type AuditId, type ControlReference, controlKey } from '../../shared/domain/ids.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { LinkedList } from '../record/linked-list.tsx';
import type { Navigate } from '../screens.ts';
import { Link, Section, showError, showUndo } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';

export interface LinksProps {
  readonly auditId: AuditId;
  readonly evidence: Evidence;
  readonly mayEdit: boolean;
  readonly navigate: Navigate;
}

/** The controls and findings that rest on this evidence. */
export function Links({ auditId, evidence, mayEdit, navigate }: LinksProps) {
  const rows = useQuery('audits.controls', { auditId }, ['audits']).data?.controls ?? [];
  const findings = useQuery('findings.list', { auditId }, ['findings']).data ?? [];
  const linked = evidence.controls.map(controlKey);
  const change = async (keys: readonly string[]) => {
    const added = rows.filter((row) => keys.includes(controlKey(row)) && !linked.includes(controlKey(row))).map(named);
    const removed = evidence.controls.filter((control) => !keys.includes(controlKey(control))).map(named);
    const evidenceId = evidence.id;
    try {
      if (added.length > 0) await call('evidence.link', { evidenceId, controls: added });
      if (removed.length === 0) return;
      await call('evidence.unlink', { evidenceId, controls: removed });
      const citation = removed.map((control) => rows.find((row) => controlKey(row) === controlKey(control))?.citation).join(', ');
      showUndo(t('evidence.links.removed', { citation }), () => call('evidence.link', { evidenceId, controls: removed }));
    } catch (error) {
      showError(error);
    }
  };
  const used = findings.filter((finding) => evidence.findings.includes(finding.id));
  return (
    <div className="evidence-detail__part">
      <LinkedList
        title={t('evidence.links.controls')}
        none={t('evidence.links.noControls')}
        add={t('evidence.links.add')}
        searchLabel={t('evidence.links.search')}
        items={rows.map((row) => ({ id: controlKey(row), code: row.citation, title: row.title }))}
        linked={linked}
        mayEdit={mayEdit}
        onChange={(keys) => void change(keys)}
        onOpen={(key) => navigate('walkthrough', { controlKey: key })}
      />
      <Section title={t('evidence.links.findings')}>
        {used.length === 0 ? (
          <p className="muted">{t('evidence.links.noFindings')}</p>
        ) : (
          <ul className="linked-list">
            {used.map((finding) => (
              <li key={finding.id} className="linked-list__item">
                <Link className="linked-list__link" onPress={() => navigate('findings', { findingId: finding.id })}>
                  <span className="mono linked-list__code">{findingLabel(finding.number)}</span>
                  <span className="linked-list__title">{finding.title}</span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}

/** Rows carry more than the two names that the vault takes. */
function named({ packId, controlId }: ControlReference): { packId: string; controlId: string } {
  return { packId, controlId };
}
