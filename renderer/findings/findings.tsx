import { Flag } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { type Finding, type FindingFields, findingLabel } from '../../shared/domain/finding.ts';
import { controlKey, type FindingId } from '../../shared/domain/ids.ts';
import { call } from '../bridge.ts';
import { useEvidence } from '../evidence/use-evidence.ts';
import { t } from '../i18n/translate.ts';
import { NewButton } from '../record/new-button.tsx';
import { NewRecord } from '../record/new-record.tsx';
import { RecordPanes } from '../record/record-panes.tsx';
import { removeRecord } from '../record/remove.ts';
import { useDrafts } from '../record/use-drafts.ts';
import { useListKeys } from '../record/use-list-keys.ts';
import type { ScreenProps, Target } from '../screens.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page, PageHeader, QueryView } from '../ui/page.tsx';
import { showError, showToast } from '../ui/toast.tsx';
import { usePermission } from '../use-permission.ts';
import { useQuery } from '../use-query.ts';
import { type FindingFilter, filterFindings, noFilter } from './filter.ts';
import { FilterBar } from './filter-bar.tsx';
import { type FindingChange, FindingDetail } from './finding-detail.tsx';
import { Register } from './register.tsx';

const nothing: readonly Evidence[] = [];

/** The register of findings with the risk matrix as filter, and the chosen finding beside it. */
export function FindingsScreen({ auditId, target, navigate }: ScreenProps) {
  const list = useQuery('findings.list', { auditId }, ['findings', 'answers']);
  const controlRows = useQuery('audits.controls', { auditId }, ['audits']).data?.controls ?? [];
  const evidence = useEvidence(auditId).data ?? nothing;
  const tasks = useQuery('plan.list', { auditId }, ['plan']).data ?? [];
  const { audit, frozen, mayEdit } = usePermission(auditId);
  const drafts = useDrafts<Finding, FindingChange>(saveFinding);
  const [filter, setFilter] = useState(() => filterOf(target));
  const [selected, setSelected] = useState<FindingId | null>(target.findingId ?? null);
  const [creating, setCreating] = useState(false);
  const search = useRef<HTMLInputElement>(null);

  useEffect(() => {
    setFilter(filterOf(target));
    if (target.findingId !== undefined) setSelected(target.findingId);
  }, [target]);

  const all = (list.data ?? []).map(drafts.overlay);
  const shown = filterFindings(all, filter);
  const finding = all.find(({ id }) => id === selected) ?? null;
  const control = controlRows.find((row) => controlKey(row) === filter.control) ?? null;

  useListKeys('findings', { shown, selected, onSelect: setSelected, search, onNew: mayEdit ? () => setCreating(true) : null });

  const remove = (removed: Finding) =>
    removeRecord({
      id: removed.id,
      drafts,
      remove: () => call('findings.remove', { findingId: removed.id }),
      restore: () => call('findings.restore', { findingId: removed.id }),
      said: t('findings.removed', { label: findingLabel(removed.number) }),
      onSelect: setSelected,
    });

  async function addTask(from: Finding): Promise<void> {
    const { id, title, recommendation, owner, due, likelihood, impact } = from;
    const priority = likelihood * impact >= 15 ? 'high' : likelihood * impact >= 5 ? 'medium' : 'low';
    const firstLine = recommendation.trim().split('\n')[0]?.slice(0, 400) ?? '';
    const fields = { title: firstLine || title, owner, due, priority, findingId: id } as const;
    const task = await call('plan.create', { auditId, fields });
    const open = { label: t('findings.tasks.open'), run: () => navigate('plan', { taskId: task.id }) };
    showToast({ title: t('findings.tasks.made', { number: task.number }), tone: 'success', action: open });
  }

  const create = async (title: string) => {
    const controls = control === null ? [] : [{ packId: control.packId, controlId: control.controlId }];
    setSelected((await call('findings.create', { auditId, fields: { title }, controls, evidence: [] })).id);
  };
  const createButton = <NewButton kind="findings" onPress={() => setCreating(true)} />;
  const detailOf = (chosen: Finding) => (
    <FindingDetail
      key={chosen.id}
      finding={chosen}
      status={drafts.status(chosen.id)}
      mayEdit={mayEdit}
      controls={controlRows}
      evidence={evidence}
      tasks={tasks.filter(({ findingId }) => findingId === chosen.id)}
      onChange={(change, typed) => drafts.edit(chosen.id, change, typed)}
      onLeaveField={() => void drafts.flush()}
      onRetry={() => drafts.retry(chosen.id)}
      onRemove={() => void remove(chosen).catch(showError)}
      onAddTask={() => void addTask(chosen).catch(showError)}
      navigate={navigate}
    />
  );
  return (
    <Page
      flush
      header={<PageHeader crumb={audit?.title ?? ''} title={t('findings.title')} {...(mayEdit ? { actions: createButton } : {})} />}
    >
      <QueryView query={list}>
        {() =>
          all.length === 0 ? (
            <EmptyState
              icon={<Flag />}
              title={t('findings.empty')}
              text={t('findings.empty.text')}
              {...(mayEdit ? { action: createButton } : {})}
            />
          ) : (
            <RecordPanes
              kind="findings"
              frozen={frozen}
              filters={
                <FilterBar
                  findings={all}
                  filter={filter}
                  shown={shown.length}
                  controlName={control?.citation ?? ''}
                  searchRef={search}
                  onChange={setFilter}
                />
              }
              list={shown.length === 0 ? null : <Register findings={shown} selected={selected} onSelect={setSelected} />}
              onClearFilters={() => setFilter(noFilter)}
              selected={selected}
              chosen={finding === null ? null : { title: finding.title, detail: detailOf(finding) }}
            />
          )
        }
      </QueryView>
      <NewRecord
        kind="findings"
        isOpen={creating}
        description={control === null ? undefined : t('findings.new.control', { citation: control.citation })}
        onClose={() => setCreating(false)}
        onCreate={create}
      />
    </Page>
  );
}

function filterOf(target: Target): FindingFilter {
  return {
    text: target.query ?? '',
    // The dashboard's matrix counts open findings.
    state: target.risk === undefined ? null : 'open',
    cell: target.risk ?? null,
    control: target.controlKey ?? null,
  };
}

function saveFinding(id: string, { controls, evidence, ...patch }: FindingChange): Promise<Finding> {
  return call('findings.update', {
    findingId: id as FindingId,
    patch: patch as Partial<FindingFields>,
    ...(controls === undefined ? {} : { controls: [...controls] }),
    ...(evidence === undefined ? {} : { evidence: [...evidence] }),
  });
}
