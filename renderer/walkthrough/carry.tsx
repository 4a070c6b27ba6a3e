import './carry.css';
import { Link2, Link2Off, Split } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Answer } from '../../shared/domain/answer.ts';
import type { CarryChange } from '../../shared/domain/carry.ts';
import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import { controlKey } from '../../shared/domain/ids.ts';
import type { ControlDetail } from '../../shared/ipc/answers.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, Link, showError } from '../ui/index.ts';
import { CarryDialog } from './carry-dialog.tsx';
import { named } from './controller.ts';

export interface CarryProps {
  readonly auditId: AuditId;
  readonly detail: ControlDetail;
  readonly answer: Answer;
  readonly rows: readonly ControlRow[];
  readonly readOnly: boolean;
  /** Saves what still waits, so that what is carried is what stands on the screen. */
  readonly saveFirst: () => Promise<unknown>;
  readonly onControl: (reference: ControlReference) => void;
}

/** Where this answer comes from, and the offer to carry it to controls that ask the same. Nothing happens unasked. */
export function CarryLines(props: CarryProps) {
  const { detail } = props;
  return (
    <>
      {detail.carriedFrom === null ? null : <OriginLine {...props} carry={detail.carriedFrom} />}
      <OfferLine {...props} />
    </>
  );
}

function OriginLine({
  auditId,
  detail,
  rows,
  readOnly,
  saveFirst,
  onControl,
  carry,
}: CarryProps & { carry: NonNullable<ControlDetail['carriedFrom']> }) {
  const origin = rows.find((row) => controlKey(row) === controlKey(carry));
  const inSync = carry.mode === 'in-sync';
  const change = async (to: CarryChange) => {
    await saveFirst();
    await call('answers.changeCarry', { auditId, ...named(detail.answer), to }).catch(showError);
  };
  return (
    <div className="carry">
      {inSync ? <Link2 aria-hidden="true" /> : <Link2Off aria-hidden="true" />}
      <p className="carry__text">
        {t(inSync ? 'walkthrough.carry.inSync' : 'walkthrough.carry.apart')}{' '}
        <Link onPress={() => onControl(carry)}>{origin === undefined ? carry.controlId : `${origin.citation}, ${origin.title}`}</Link>
        <span className="muted"> {t(inSync ? 'walkthrough.carry.inSync.text' : 'walkthrough.carry.apart.text')}</span>
      </p>
      {readOnly ? null : (
        <span className="carry__actions">
          <Button size="small" onPress={() => void change(inSync ? 'apart' : 'in-sync')}>
            {t(inSync ? 'walkthrough.carry.goApart' : 'walkthrough.carry.follow')}
          </Button>
          <Button size="small" onPress={() => void change('taken-back')}>
            {t('walkthrough.carry.takeBack')}
          </Button>
        </span>
      )}
    </div>
  );
}

/** Kept for as long as the window: an offer that was declined does not come back for this control. */
const declined = new Set<string>();

function OfferLine(props: CarryProps) {
  const { auditId, detail, answer, rows, readOnly } = props;
  const [open, setOpen] = useState(false);
  const [, setDeclined] = useState(0);
  const key = `${auditId} ${controlKey(answer)}`;
  const byKey = useMemo(() => new Map(rows.map((row) => [controlKey(row), row])), [rows]);
  const following = new Set(detail.carriedTo.map(controlKey));
  const origin = detail.carriedFrom === null ? '' : controlKey(detail.carriedFrom);
  const free = detail.related.filter((relative) => {
    const other = controlKey(relative);
    return !following.has(other) && other !== origin && byKey.has(other);
  });
  const unanswered = free.filter((relative) => byKey.get(controlKey(relative))?.verdict === 'not-assessed');
  if (readOnly || answer.verdict === 'not-assessed' || free.length === 0) return null;
  const quiet = unanswered.length === 0 || declined.has(key);
  return (
    <>
      <div className={quiet ? 'carry carry--quiet' : 'carry'}>
        <Split aria-hidden="true" />
        <p className="carry__text">
          {unanswered.length === 0
            ? t('walkthrough.carry.offer.answered', { count: free.length })
            : t('walkthrough.carry.offer', { count: unanswered.length })}
          {following.size === 0 ? null : <span className="muted"> {t('walkthrough.carry.followers', { count: following.size })}</span>}
        </p>
        <span className="carry__actions">
          <Button size="small" onPress={() => setOpen(true)}>
            {t('walkthrough.carry.open')}
          </Button>
          {quiet ? null : (
            <Button
              size="small"
              variant="quiet"
              onPress={() => {
                declined.add(key);
                setDeclined((count) => count + 1);
              }}
            >
              {t('walkthrough.carry.decline')}
            </Button>
          )}
        </span>
      </div>
      {open ? <CarryDialog {...props} free={free} byKey={byKey} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
