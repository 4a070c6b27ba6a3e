import type { AuditSummary } from '../shared/domain/audit.ts';
import type { AuditId } from '../shared/domain/ids.ts';
import { maySign, mayWrite } from '../shared/domain/person.ts';
import { useQuery } from './use-query.ts';

/** What the person at the keyboard may do in this audit now. */
export interface Permission {
  readonly audit: AuditSummary | undefined;
  /** Signed and archived audits are frozen. */
  readonly frozen: boolean;
  readonly mayEdit: boolean;
  readonly maySign: boolean;
  /** Take a frozen audit back to fieldwork. */
  readonly mayReopen: boolean;
}

export function usePermission(auditId: AuditId): Permission {
  const audit = useQuery('audits.get', { auditId }, ['audits', 'reports'], { keepPrevious: true }).data;
  const vault = useQuery('vault.current', undefined, ['vault', 'people']).data;
  const role = vault?.me.role;
  const frozen = audit?.state === 'signed' || audit?.state === 'archived';
  return {
    audit,
    frozen,
    mayEdit: role !== undefined && audit !== undefined && mayWrite(role) && !frozen,
    mayReopen: role !== undefined && mayWrite(role) && frozen,
    maySign: role !== undefined && audit !== undefined && maySign(role),
  };
}
