import type { Audit } from '../../shared/domain/audit.ts';
import { controlKey } from '../../shared/domain/ids.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, Dialog, QueryView, showError } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { ProposalRow } from './profile-fields.tsx';

/** What the audit's profile made inapplicable, and the way to overrule it later. */
export function ApplicabilityDialog({ audit, onClose }: { readonly audit: Audit; readonly onClose: () => void }) {
  const query = useQuery('audits.applicability', { auditId: audit.id }, ['audits', 'answers']);
  const frozen = audit.state === 'signed' || audit.state === 'archived';
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('audits.applicability')}
      size="large"
      actions={<Button onPress={onClose}>{t('common.close')}</Button>}
    >
      <QueryView query={query}>
        {(applicability) =>
          applicability === null || applicability.proposals.length === 0 ? (
            <p>{t(applicability === null ? 'audits.applicability.none' : 'audits.proposals.none')}</p>
          ) : (
            <>
              <p className="field__description">{t('audits.proposals.text')}</p>
              <div>
                {applicability.proposals.map((proposal) => (
                  <ProposalRow
                    key={controlKey(proposal)}
                    proposal={proposal}
                    accepted={!proposal.overruled}
                    isDisabled={frozen}
                    onAccept={(accepted) =>
                      void call('audits.overrule', {
                        auditId: audit.id,
                        packId: proposal.packId,
                        controlId: proposal.controlId,
                        overruled: !accepted,
                      }).catch(showError)
                    }
                  />
                ))}
              </div>
            </>
          )
        }
      </QueryView>
    </Dialog>
  );
}
