import './custody-ledger.css';
import { ArrowLeftRight, FileDown, ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import {
  type CustodyRecord,
  type CustodyView,
  custodyViews,
  detailInWords,
  isInCustodyView,
  tellsHash,
} from '../../shared/domain/custody.ts';
import type { CustodyEvent, HandOver } from '../../shared/domain/evidence.ts';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import { formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Badge, Button, QueryView, Select } from '../ui/index.ts';
import { usePermission } from '../use-permission.ts';
import { useQuery } from '../use-query.ts';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { saveCustodyForm } from './save-custody-form.ts';

export interface CustodyLedgerProps {
  readonly auditId: AuditId;
  readonly evidenceId: EvidenceId;
}

/** Who did what with the piece, when and why; whether the trail's links of it hold; a form of it for paper. */
export function CustodyLedger({ auditId, evidenceId }: CustodyLedgerProps) {
  const query = useQuery('custody.get', { evidenceId }, ['evidence', 'trail'], { keepPrevious: true });
  return (
    <div className="evidence-detail__part">
      <QueryView query={query}>{(record) => <Ledger record={record} auditId={auditId} evidenceId={evidenceId} />}</QueryView>
    </div>
  );
}

function Ledger({ record, auditId, evidenceId }: CustodyLedgerProps & { readonly record: CustodyRecord }) {
  const [view, setView] = useState<CustodyView>('all');
  const [noting, setNoting] = useState(false);
  const shown = record.events.filter(({ action }) => isInCustodyView(action, view));
  const { mayEdit, mayReopen } = usePermission(auditId);
  const { check, label } = record;
  return (
    <>
      <div className="custody__state">
        {check.firstBroken === null ? (
          <Badge tone="compliant" icon={<ShieldCheck aria-hidden="true" />}>
            {t('custody.holds', { count: check.checked })}
          </Badge>
        ) : (
          <Badge tone="non-compliant" icon={<ShieldAlert aria-hidden="true" />}>
            {t('custody.broken', { sequence: check.firstBroken })}
          </Badge>
        )}
      </div>
      <div className="custody__tools">
        <Select
          label={t('custody.view')}
          hideLabel
          options={custodyViews.map((value) => ({ value, label: t(`custody.view.${value}`) }))}
          value={view}
          onChange={setView}
        />
        {/* Also in a signed audit: what happens to its evidence goes on being noted. */}
        {(mayEdit || mayReopen) && record.destroyedAt === '' ? (
          <Button size="small" icon={<ArrowLeftRight aria-hidden="true" />} onPress={() => setNoting(true)}>
            {t('custody.handOver')}
          </Button>
        ) : null}
        <Button
          size="small"
          icon={<FileDown aria-hidden="true" />}
          onPress={() => void saveCustodyForm(auditId, { id: evidenceId, label })}
        >
          {t('custody.form')}
        </Button>
      </div>
      {shown.length === 0 ? (
        <p className="muted">{t(record.events.length === 0 ? 'evidence.custody.none' : 'custody.view.none')}</p>
      ) : (
        <ol className="custody">
          {shown.map((event) => (
            <Entry key={event.sequence} event={event} />
          ))}
        </ol>
      )}
      {noting ? <HandOverDialog evidenceId={evidenceId} label={label} onClose={() => setNoting(false)} /> : null}
    </>
  );
}

function Entry({ event }: { readonly event: CustodyEvent }) {
  const { action, at, person, handOver, before, after, sequence } = event;
  const detail = detailInWords(event);
  return (
    <li className="custody__event">
      <span className="custody__head">
        <span className="custody__action">{t(`evidence.custody.${action}`)}</span>
        <span className="muted numeric">{formatMoment(at)}</span>
      </span>
      <span className="custody__head">
        <span>{person}</span>
        <span className="mono muted custody__link">{t('custody.link', { sequence })}</span>
      </span>
      {detail === '' ? null : <span className="custody__detail">{detail}</span>}
      {handOver === null ? null : <Note note={handOver} />}
      {!tellsHash(event) ? null : (
        <span className="custody__hashes">
          <Hash label={t('custody.before')} hash={before} />
          <Hash label={t('custody.after')} hash={after} />
        </span>
      )}
    </li>
  );
}

/** What somebody wrote about a hand-over, or why something was destroyed. */
function Note({ note: { from, to, at, purpose, reference } }: { readonly note: HandOver }) {
  return (
    <span className="custody__note">
      {from === '' && to === '' ? null : <span>{t('custody.fromTo', { from, to })}</span>}
      {at === '' ? null : <span>{t('custody.on', { moment: at.includes('T') ? formatMoment(at) : at })}</span>}
      {purpose === '' ? null : <span>{purpose}</span>}
      {reference === '' ? null : <span>{t('custody.reference', { reference })}</span>}
    </span>
  );
}

function Hash({ label, hash }: { readonly label: string; readonly hash: string }) {
  return (
    <span className="custody__hash">
      <span className="muted">{label}</span> <span className="mono">{hash === '' ? t('custody.noContent') : hash}</span>
    </span>
  );
}
