import './audits.css';
import { Layers, Plus } from 'lucide-react';
import { useState } from 'react';
import type { AuditSummary } from '../../shared/domain/audit.ts';
import { mayWrite } from '../../shared/domain/person.ts';
import { filterWords, hasWords } from '../../shared/domain/search-text.ts';
import { useCommands } from '../commands.ts';
import { formatDate, formatNumber, isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import type { Navigate, OpenScreenProps } from '../screens.ts';
import { useOpenVault } from '../session.ts';
import { Badge, Button, EmptyState, Link, Page, PageHeader, QueryView, SearchField, StackedBar } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { NewAuditDialog } from './new-audit-dialog.tsx';

/** Every audit of the vault, where the work stands in each, and a new one. */
export function AuditsScreen({ navigate }: OpenScreenProps) {
  const vault = useOpenVault();
  const audits = useQuery('audits.list', {}, ['audits', 'answers', 'evidence', 'findings', 'plan']);
  const [creating, setCreating] = useState(false);
  const writable = vault !== null && mayWrite(vault.me.role);
  useCommands(writable ? [{ id: 'audits.new', title: t('audits.new'), keys: 'n', run: () => setCreating(true) }] : []);

  const newAudit = writable ? (
    <Button variant="primary" icon={<Plus aria-hidden="true" />} shortcut="n" onPress={() => setCreating(true)}>
      {t('audits.new')}
    </Button>
  ) : null;
  return (
    <Page
      header={
        <PageHeader
          title={t('audits.title')}
          meta={audits.data === undefined ? '' : t('audits.count', { count: audits.data.length, vault: vault?.name ?? '' })}
          actions={newAudit}
        />
      }
    >
      <QueryView query={audits}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState
              icon={<Layers />}
              title={t('audits.empty')}
              text={t(writable ? 'audits.empty.text' : 'audits.empty.observer')}
              action={newAudit}
            />
          ) : (
            <AuditTable audits={list} navigate={navigate} />
          )
        }
      </QueryView>
      {creating ? (
        <NewAuditDialog
          onClose={() => setCreating(false)}
          onCreated={(auditId) => {
            setCreating(false);
            navigate('dashboard', {}, auditId);
          }}
        />
      ) : null}
    </Page>
  );
}

function AuditTable({ audits, navigate }: { readonly audits: readonly AuditSummary[]; readonly navigate: Navigate }) {
  const [text, setText] = useState('');
  const words = filterWords(text);
  const shown = audits.filter((audit) => hasWords(`${audit.organisation} ${audit.title}`, words));
  return (
    <div className="audits">
      {audits.length > 5 ? <SearchField label={t('audits.filter')} value={text} onChange={setText} className="audits__filter" /> : null}
      {shown.length === 0 ? <p className="muted">{t('audits.filter.none', { text })}</p> : null}
      <div className="audits__scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('audits.column.audit')}</th>
              <th scope="col">{t('audits.column.state')}</th>
              <th scope="col" className="audits__bar-column">
                {t('audits.column.progress')}
              </th>
              <th scope="col">{t('audits.column.due')}</th>
              <th scope="col" className="table__number">
                {t('audits.column.evidence')}
              </th>
              <th scope="col" className="table__number">
                {t('audits.column.findings')}
              </th>
              <th scope="col" className="table__number">
                {t('audits.column.checks')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((audit) => (
              <AuditRow key={audit.id} audit={audit} navigate={navigate} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function AuditRow({ audit, navigate }: { readonly audit: AuditSummary; readonly navigate: Navigate }) {
  const { id, title, organisation, state, revision, counts, controls, due } = audit;
  const done = controls - counts['not-assessed'];
  const late = due !== '' && due < isoDay(new Date()) && (state === 'planning' || state === 'fieldwork' || state === 'review');
  const count = (screen: 'evidence' | 'findings' | 'review', value: number) => (
    <td className="table__number">
      <Link onPress={() => navigate(screen, {}, id)}>{formatNumber(value)}</Link>
    </td>
  );
  return (
    <tr className="table__row--link">
      <td>
        <Link className="audits__title" label={t('audits.open', { title, organisation })} onPress={() => navigate('dashboard', {}, id)}>
          {title}
        </Link>
        <span className="audits__organisation">
          {organisation}
          {audit.team.length === 0 ? '' : ` · ${t('audits.people', { count: audit.team.length })}`}
        </span>
      </td>
      <td>
        <Badge tone={state === 'signed' ? 'compliant' : 'neutral'}>{t(`common.state.${state}`)}</Badge>
        {revision > 1 ? <span className="audits__organisation">{t('audits.revision', { revision })}</span> : null}
      </td>
      <td>
        <span className="audits__progress">
          <StackedBar counts={counts} />
          <span className="numeric muted">{t('frame.assessed', { done, total: controls })}</span>
        </span>
      </td>
      <td className={late ? 'audits__late' : undefined}>
        {formatDate(due)}
        {late ? <span className="audits__organisation audits__late">{t('audits.late')}</span> : null}
      </td>
      {count('evidence', audit.evidence)}
      {count('findings', audit.findings)}
      {count('review', audit.openChecks)}
    </tr>
  );
}
