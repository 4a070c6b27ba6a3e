import './control-requests.css';
import { Check, Inbox } from 'lucide-react';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import { type AuditId, type ControlReference, controlKey, type EvidenceId, type RequestId } from '../../shared/domain/ids.ts';
import { isLateRequest, requestLabel, suggestEvidence } from '../../shared/domain/request.ts';
import type { ControlDetail } from '../../shared/ipc/answers.ts';
import { call } from '../bridge.ts';
import { isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { DueMark } from '../record/due-mark.tsx';
import { navigate } from '../router.ts';
import { Button, Link, Section, showError } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { requestsForControl } from './filter.ts';
import { StateMark } from './state-mark.tsx';

export interface ControlRequestsProps {
  readonly auditId: AuditId;
  readonly control: ControlReference;
  /** What is attached to the control. */
  readonly evidence: ControlDetail['evidence'];
  readonly readOnly: boolean;
}

/** What is still asked for at a control, and whether what is attached may answer it. Shows nothing when nothing is asked for. */
export function ControlRequests({ auditId, control, evidence, readOnly }: ControlRequestsProps) {
  const list = useQuery('requests.list', { auditId }, ['requests', 'evidence'], { keepPrevious: true });
  const open = requestsForControl(list.data ?? [], controlKey(control));
  if (open.length === 0) return null;
  const today = isoDay(new Date());
  const receive = (requestId: RequestId, ids: EvidenceId[]) => void call('requests.receive', { requestId, evidence: ids }).catch(showError);
  return (
    <Section title={t('requests.control')}>
      <ul className="control-requests">
        {open.map((request) => {
          const suggested = readOnly ? [] : suggestEvidence(request, evidence, list.data ?? []);
          const labels = suggested.map(({ number }) => evidenceLabel(number)).join(', ');
          return (
            <li key={request.id} className="control-requests__item">
              <Inbox aria-hidden="true" />
              <div className="control-requests__text">
                <Link onPress={() => navigate('requests', { requestId: request.id })}>
                  <span className="mono">{requestLabel(request.number)}</span> {request.title}
                </Link>
                <span className="control-requests__marks">
                  <StateMark state={request.state} />
                  <DueMark due={request.due} overdue={isLateRequest(request, today)} />
                </span>
                {suggested.length === 0 ? null : (
                  <Button
                    size="small"
                    icon={<Check aria-hidden="true" />}
                    onPress={() =>
                      receive(
                        request.id,
                        suggested.map(({ id }) => id),
                      )
                    }
                  >
                    {t('requests.control.answers', { labels })}
                  </Button>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
