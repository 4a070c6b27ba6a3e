import { Flag, TriangleAlert, X } from 'lucide-react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import { findingLabel } from '../../shared/domain/finding.ts';
import { call } from '../bridge.ts';
import { AttachStatus } from '../evidence/attach.tsx';
import { DropZone } from '../evidence/drop-zone.tsx';
import { TypeIcon } from '../evidence/type-icon.tsx';
import { shortType } from '../evidence/types.ts';
import { WaysInMenu } from '../evidence/ways-in-menu.tsx';
import { formatBytes, formatShortDate } from '../i18n/format.ts';
import { hasMessage, t } from '../i18n/translate.ts';
import { ControlRequests } from '../requests/control-requests.tsx';
import { IconButton, Link, Section, showError, showUndo } from '../ui/index.ts';
import { named } from './controller.ts';
import { CrosswalkIds } from './crosswalk.tsx';
import { Expected } from './expected.tsx';
import type { InspectorProps } from './inspector.tsx';

/** What is attached, what is expected, and what is still open. */
export function EvidenceTab({ auditId, detail, readOnly, over, onAttach, onEvidence, onFinding }: InspectorProps) {
  const { control, evidence, findings, checks } = detail;
  const unlink = async (item: Evidence) => {
    const links = { evidenceId: item.id, controls: [named(detail.answer)] };
    try {
      await call('evidence.unlink', links);
      showUndo(t('walkthrough.evidence.unlinked', { label: evidenceLabel(item.number) }), () => call('evidence.link', links));
    } catch (error) {
      showError(error);
    }
  };
  return (
    <div className="inspector__parts">
      <AttachStatus />
      {evidence.length === 0 ? (
        <p className="muted">{t('walkthrough.evidence.none')}</p>
      ) : (
        <ul className="attached">
          {evidence.map((item) => (
            <li key={item.id} className="attached__item">
              <TypeIcon mediaType={item.mediaType} />
              <div className="attached__text">
                <Link onPress={() => onEvidence(item.id)} className="attached__title">
                  {item.title}
                </Link>
                <p className="attached__meta">
                  {t('walkthrough.evidence.meta', {
                    type: shortType(item.originalName, item.mediaType),
                    size: formatBytes(item.size),
                    day: formatShortDate(item.receivedAt),
                  })}
                  {item.sensitivity === 'normal' ? null : (
                    <span className="attached__sensitivity"> {t(`evidence.sensitivity.note.${item.sensitivity}`)}</span>
                  )}
                </p>
              </div>
              {readOnly ? null : (
                <IconButton
                  label={t('walkthrough.evidence.unlink', { title: item.title })}
                  size="small"
                  icon={<X aria-hidden="true" />}
                  onPress={() => void unlink(item)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {readOnly ? null : (
        <>
          <DropZone over={over} onPress={onAttach} />
          <div className="attach-ways">
            <WaysInMenu target={{ auditId, controls: [named(detail.answer)] }} size="small" />
          </div>
        </>
      )}
      <ControlRequests auditId={auditId} control={named(detail.answer)} evidence={evidence} readOnly={readOnly} />
      {control.expectedEvidence.length === 0 ? null : (
        <Section title={t('walkthrough.expected')}>
          <Expected auditId={auditId} detail={detail} readOnly={readOnly} onEvidence={onEvidence} />
        </Section>
      )}
      {checks.length === 0 ? null : (
        <Section title={t('walkthrough.checks')}>
          <ul className="inspector__lines">
            {checks.map((code) => (
              <li key={code} className="inspector__check">
                <TriangleAlert aria-hidden="true" />
                {checkText(code)}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {findings.length === 0 ? null : (
        <Section title={t('walkthrough.findings')}>
          <ul className="inspector__lines">
            {findings.map((finding) => (
              <li key={finding.id} className="inspector__finding">
                <Flag aria-hidden="true" />
                <Link onPress={() => onFinding(finding.id)}>
                  <span className="mono">{findingLabel(finding.number)}</span> {finding.title}
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {control.crosswalk.length === 0 ? null : (
        <Section title={t('walkthrough.same')}>
          <CrosswalkIds links={control.crosswalk} />
        </Section>
      )}
    </div>
  );
}

function checkText(code: string): string {
  const key = `common.check.${code}`;
  return hasMessage(key) ? t(key) : code;
}
