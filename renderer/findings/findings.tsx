import './findings.css';
import { FileWarning, Flag, MousePointerClick, Plus, SearchX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { type Finding, type FindingFields, findingLabel } from '../../shared/domain/finding.ts';
import { controlKey, type FindingId } from '../../shared/domain/ids.ts';
import { call } from '../bridge.ts';
import { type Command, useCommands } from '../commands.ts';
import { t } from '../i18n/translate.ts';
import type { ScreenProps, Target } from '../screens.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page, PageHeader, QueryView } from '../ui/page.tsx';
import { showError, showToast, showUndo } from '../ui/toast.tsx';
import { useQuery } from '../use-query.ts';
import { type FindingFilter, filterFindings, noFilter } from './filter.ts';
import { FilterBar } from './filter-bar.tsx';
import { type FindingChange, FindingDetail } from './finding-detail.tsx';
import { NewFinding } from './new-finding.tsx';
import { Register } from './register.tsx';
import { useDrafts } from './use-drafts.ts';
import { usePermission } from './use-permission.ts';

/** The register of findings with the risk matrix as filter, and the chosen finding beside it. */
export function FindingsScreen({ auditId, target, navigate }: ScreenProps) {
  const list = useQuery('findings.list', { auditId }, ['findings', 'answers']);
  const controlRows = useQuery('audits.controls', { auditId }, ['audits']).data?.controls ?? [];
  const evidence = useQuery('evidence.list', { auditId }, ['evidence']).data ?? [];
  const tasks = useQuery('plan.list', { auditId }, ['plan']).data ?? [];
  const { audit, frozen, mayEdit } = usePermission(auditId);
  const drafts = useDrafts<Finding, FindingChange>(saveFinding);
  const [filter, setFilter] = useState(() => filterOf(target));
  const [selected, setSelected] = useState<FindingId | null>(target.findingId ?? null);
  const [creating, setCreating] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const detail = useRef<HTMLElement>(null);

  useEffect(() => {
    setFilter(filterOf(target));
    if (target.findingId !== undefined) setSelected(target.findingId);
  }, [target]);

  const all = (list.data ?? []).map(drafts.overlay);
  const shown = filterFindings(all, filter);
  const finding = all.find(({ id }) => id === selected) ?? null;
  const control = controlRows.find((row) => controlKey(row) === filter.control) ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another finding starts at its top
  useEffect(() => detail.current?.scrollTo(0, 0), [selected]);

  const step = (by: number) => {
    const at = shown.findIndex(({ id }) => id === selected);
    const next = shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + by))];
    if (next !== undefined) setSelected(next.id);
  };
  const group = t('findings.title');
  const commands: Command[] = [
    { id: 'findings.next', title: t('findings.next'), keys: 'j', group, hidden: true, run: () => step(1) },
    { id: 'findings.previous', title: t('findings.previous'), keys: 'k', group, hidden: true, run: () => step(-1) },
    { id: 'findings.search', title: t('findings.search'), keys: '/', group, run: () => search.current?.focus() },
  ];
  if (mayEdit) commands.push({ id: 'findings.new', title: t('findings.new'), keys: 'n', group, run: () => setCreating(true) });
  useCommands(commands);

  async function remove(removed: Finding): Promise<void> {
    await drafts.flush();
    await call('findings.remove', { findingId: removed.id });
    drafts.forget(removed.id);
    setSelected(null);
    showUndo(t('findings.removed', { label: findingLabel(removed.number) }), async () => {
      await call('findings.restore', { findingId: removed.id });
      setSelected(removed.id);
    });
  }

  async function addTask(from: Finding): Promise<void> {
    const { id, title, recommendation, owner, due, likelihood, impact } = from;
    const priority = likelihood * impact >= 15 ? 'high' : likelihood * impact >= 5 ? 'medium' : 'low';
    const firstLine = recommendation.trim().split('\n')[0]?.slice(0, 400) ?? '';
    const fields = { title: firstLine || title, owner, due, priority, findingId: id } as const;
    const task = await call('plan.create', { auditId, fields });
    const open = { label: t('findings.tasks.open'), run: () => navigate('plan', { taskId: task.id }) };
    showToast({ title: t('findings.tasks.made', { number: task.number }), tone: 'success', action: open });
  }

  const createButton = (
    <Button variant="primary" icon={<Plus aria-hidden="true" />} shortcut="n" onPress={() => setCreating(true)}>
      {t('findings.new')}
    </Button>
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
            <div className="findings">
              <div className="findings__list">
                {frozen ? (
                  <div className="findings__notice">
                    <Notice title={t('findings.read-only')}>{t('findings.read-only.text')}</Notice>
                  </div>
                ) : null}
                <FilterBar
                  findings={all}
                  filter={filter}
                  shown={shown.length}
                  controlName={control?.citation ?? ''}
                  searchRef={search}
                  onChange={setFilter}
                />
                {shown.length === 0 ? (
                  <EmptyState
                    icon={<SearchX />}
                    title={t('findings.none')}
                    text={t('findings.none.text')}
                    action={<Button onPress={() => setFilter(noFilter)}>{t('findings.filters.clear')}</Button>}
                  />
                ) : (
                  <Register findings={shown} selected={selected} onSelect={setSelected} />
                )}
              </div>
              <aside ref={detail} className="findings__detail" aria-label={finding === null ? t('findings.choose') : finding.title}>
                {finding === null ? (
                  <EmptyState
                    icon={selected === null ? <MousePointerClick /> : <FileWarning />}
                    title={t('findings.choose')}
                    text={t('findings.choose.text')}
                  />
                ) : (
                  <FindingDetail
                    key={finding.id}
                    finding={finding}
                    status={drafts.status(finding.id)}
                    mayEdit={mayEdit}
                    controls={controlRows}
                    evidence={evidence}
                    tasks={tasks.filter(({ findingId }) => findingId === finding.id)}
                    onChange={(change, typed) => drafts.edit(finding.id, change, typed)}
                    onLeaveField={() => void drafts.flush()}
                    onRetry={() => drafts.retry(finding.id)}
                    onRemove={() => void remove(finding).catch(showError)}
                    onAddTask={() => void addTask(finding).catch(showError)}
                    navigate={navigate}
                  />
                )}
              </aside>
            </div>
          )
        }
      </QueryView>
      <NewFinding
        auditId={auditId}
        isOpen={creating}
        control={control}
        onClose={() => setCreating(false)}
        onCreated={(created) => setSelected(created.id)}
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
