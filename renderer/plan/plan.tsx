import './plan.css';
import { ChartNoAxesGantt, Columns3, ListChecks, SearchX, Table2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { FindingId, TaskId } from '../../shared/domain/ids.ts';
import { isOverdue, type Task, type TaskFields } from '../../shared/domain/plan.ts';
import { call } from '../bridge.ts';
import { isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { NewButton } from '../record/new-button.tsx';
import { NewRecord } from '../record/new-record.tsx';
import { ReadOnlyNotice } from '../record/read-only-notice.tsx';
import { removeRecord } from '../record/remove.ts';
import { useDrafts } from '../record/use-drafts.ts';
import { useListKeys } from '../record/use-list-keys.ts';
import type { ScreenProps, Target } from '../screens.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox, Segmented } from '../ui/choice.tsx';
import { classNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ListBar } from '../ui/list-bar.tsx';
import { Page, PageHeader, QueryView } from '../ui/page.tsx';
import { SearchField } from '../ui/text-field.tsx';
import { showError } from '../ui/toast.tsx';
import { usePermission } from '../use-permission.ts';
import { useQuery } from '../use-query.ts';
import { filterTasks, noTaskFilter, type TaskFilter } from './filter.ts';
import { TaskBoard } from './task-board.tsx';
import { TaskDetail } from './task-detail.tsx';
import { TaskTable } from './task-table.tsx';
import { TaskTimeline } from './task-timeline.tsx';

const views = { table: TaskTable, board: TaskBoard, timeline: TaskTimeline } as const;
type View = keyof typeof views;

/** Which view was used last, while the window is open. */
let lastView: View = 'table';

/** The corrective action plan: one set of tasks as table, board or timeline, and the chosen task beside it. */
export function PlanScreen({ auditId, target, navigate }: ScreenProps) {
  const list = useQuery('plan.list', { auditId }, ['plan']);
  const findings = useQuery('findings.list', { auditId }, ['findings']).data ?? [];
  const { audit, frozen, mayEdit } = usePermission(auditId);
  const drafts = useDrafts<Task, Partial<TaskFields>>((id, patch) =>
    call('plan.update', { taskId: id as TaskId, patch: payloadOf(patch) }),
  );
  const [view, setView] = useState<View>(lastView);
  const [filter, setFilter] = useState(() => filterOf(target));
  const [selected, setSelected] = useState<TaskId | null>(target.taskId ?? null);
  const [creating, setCreating] = useState(false);
  const search = useRef<HTMLInputElement>(null);

  useEffect(() => {
    setFilter(filterOf(target));
    if (target.taskId !== undefined) setSelected(target.taskId);
  }, [target]);
  useEffect(() => {
    lastView = view;
  }, [view]);

  const today = isoDay(new Date());
  const all = (list.data ?? []).map(drafts.overlay);
  const shown = filterTasks(all, filter, today);
  const overdue = all.filter((task) => isOverdue(task, today)).length;
  const task = all.find(({ id }) => id === selected) ?? null;

  useListKeys('plan', { shown, selected, onSelect: setSelected, search, onNew: mayEdit ? () => setCreating(true) : null });

  const remove = (removed: Task) =>
    removeRecord({
      id: removed.id,
      drafts,
      remove: () => call('plan.remove', { taskId: removed.id }),
      restore: () => call('plan.restore', { taskId: removed.id }),
      said: t('plan.removed', { number: removed.number }),
      onSelect: setSelected,
    });

  const openFinding = (findingId: FindingId) => navigate('findings', { findingId });
  const createButton = <NewButton kind="plan" onPress={() => setCreating(true)} />;
  const TaskView = views[view];
  return (
    <Page flush header={<PageHeader crumb={audit?.title ?? ''} title={t('plan.title')} {...(mayEdit ? { actions: createButton } : {})} />}>
      <QueryView query={list}>
        {() =>
          all.length === 0 ? (
            <EmptyState
              icon={<ListChecks />}
              title={t('plan.empty')}
              text={t('plan.empty.text')}
              action={mayEdit ? createButton : <Button onPress={() => navigate('findings')}>{t('plan.empty.findings')}</Button>}
            />
          ) : (
            <div className={classNames('plan', task !== null && 'plan--open')}>
              <ListBar>
                <SearchField
                  label={t('plan.search')}
                  value={filter.text}
                  onChange={(text) => setFilter({ ...filter, text })}
                  inputRef={search}
                />
                <Checkbox isSelected={filter.overdue} onChange={(only) => setFilter({ ...filter, overdue: only })}>
                  {t('plan.only-overdue', { count: overdue })}
                </Checkbox>
                <span className="muted numeric plan__shown">{t('plan.shown', { shown: shown.length, total: all.length })}</span>
                <Segmented
                  label={t('plan.view')}
                  size="small"
                  value={view}
                  onChange={setView}
                  options={[
                    { value: 'table', label: t('plan.view.table'), icon: <Table2 aria-hidden="true" /> },
                    { value: 'board', label: t('plan.view.board'), icon: <Columns3 aria-hidden="true" /> },
                    { value: 'timeline', label: t('plan.view.timeline'), icon: <ChartNoAxesGantt aria-hidden="true" /> },
                  ]}
                />
              </ListBar>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls with the keyboard */}
              <section className="plan__view" aria-label={t(`plan.view.${view}`)} tabIndex={0}>
                {frozen ? <ReadOnlyNotice /> : null}
                {shown.length === 0 ? (
                  <EmptyState
                    icon={<SearchX />}
                    title={t('plan.none')}
                    text={t('plan.none.text')}
                    action={<Button onPress={() => setFilter(noTaskFilter)}>{t('plan.none.clear')}</Button>}
                  />
                ) : (
                  <TaskView
                    tasks={shown}
                    findings={new Map(findings.map((finding) => [finding.id, finding]))}
                    today={today}
                    selected={selected}
                    onSelect={setSelected}
                    onOpenFinding={openFinding}
                  />
                )}
              </section>
              {task === null ? null : (
                <aside className="plan__detail" aria-label={task.title}>
                  <TaskDetail
                    key={task.id}
                    task={task}
                    status={drafts.status(task.id)}
                    mayEdit={mayEdit}
                    tasks={all}
                    findings={findings}
                    onChange={(change, typed) => drafts.edit(task.id, change, typed)}
                    onLeaveField={() => void drafts.flush()}
                    onRetry={() => drafts.retry(task.id)}
                    onRemove={() => void remove(task).catch(showError)}
                    onClose={() => setSelected(null)}
                    onOpenTask={setSelected}
                    onOpenFinding={openFinding}
                  />
                </aside>
              )}
            </div>
          )
        }
      </QueryView>
      <NewRecord
        kind="plan"
        isOpen={creating}
        onClose={() => setCreating(false)}
        onCreate={async (title) => setSelected((await call('plan.create', { auditId, fields: { title } })).id)}
      />
    </Page>
  );
}

function filterOf(target: Target): TaskFilter {
  return { text: target.query ?? '', overdue: target.overdue === true };
}

/** The list of dependencies as the payload wants it: its own, changeable array. */
function payloadOf({ dependsOn, ...patch }: Partial<TaskFields>) {
  return { ...patch, ...(dependsOn === undefined ? {} : { dependsOn: [...dependsOn] }) };
}
