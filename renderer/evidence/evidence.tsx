import './evidence.css';
import { Paperclip, SearchX } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { useCommands } from '../commands.ts';
import { usePermission } from '../findings/use-permission.ts';
import { t } from '../i18n/translate.ts';
import type { ScreenProps } from '../screens.ts';
import { Badge, Button, classNames, EmptyState, Page, PageHeader, QueryView } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { AttachStatus, pickAndAttach, useDrop, usePaste, useSettledResults } from './attach.tsx';
import { BodyMenu } from './body-menu.tsx';
import { DropZone } from './drop-zone.tsx';
import { EvidenceDetailView } from './evidence-detail.tsx';
import { FilterBar, type View } from './filter-bar.tsx';
import { Gallery } from './gallery.tsx';
import { Register } from './register.tsx';
import { type EvidenceFilter, filterEvidence, isFiltered, noFilter, type Sort, sortEvidence } from './register-filter.ts';

const firstSort: Sort = { column: 'number', descending: false };

/** The audit's evidence as table or gallery, and the chosen piece beside it. Files may be dropped anywhere. */
export function EvidenceScreen({ auditId, target, navigate }: ScreenProps) {
  const list = useQuery('evidence.list', { auditId }, ['evidence', 'findings']);
  const { audit, mayEdit } = usePermission(auditId);
  const [filter, setFilter] = useState<EvidenceFilter>({ ...noFilter, search: target.query ?? '' });
  const [sort, setSort] = useState(firstSort);
  const [view, setView] = useState<View>('table');
  const [selected, setSelected] = useState<EvidenceId | null>(target.evidenceId ?? null);
  const searchRef = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (target.evidenceId !== undefined) setSelected(target.evidenceId);
  }, [target]);

  const attachTarget = mayEdit ? { auditId, controls: [] } : null;
  const drop = useDrop(attachTarget);
  usePaste(attachTarget);
  useSettledResults(auditId);
  const attach = () => {
    if (attachTarget !== null) void pickAndAttach(attachTarget);
  };

  const items = list.data;
  const shown = useMemo(() => sortEvidence(filterEvidence(items ?? [], filter), sort), [items, filter, sort]);
  const chosen = items?.find((item) => item.id === selected) ?? null;
  const step = (by: 1 | -1) => {
    const index = shown.findIndex((item) => item.id === selected);
    const next = shown[index === -1 ? 0 : index + by];
    if (next !== undefined) setSelected(next.id);
  };
  const group = t('evidence.group');
  useCommands([
    { id: 'evidence.next', group, title: t('evidence.next'), keys: 'j', run: () => step(1) },
    { id: 'evidence.previous', group, title: t('evidence.previous'), keys: 'k', run: () => step(-1) },
    { id: 'evidence.search', group, title: t('evidence.search'), keys: '/', run: () => searchRef.current?.focus() },
    { id: 'evidence.attach', group, title: t('evidence.attach'), keys: 'e', run: attach },
  ]);

  const body = (all: readonly Evidence[]) => {
    if (all.length === 0) {
      return (
        <div className="evidence__empty">
          <EmptyState
            icon={<Paperclip />}
            title={t('evidence.empty.title')}
            text={t('evidence.empty.text')}
            {...(mayEdit ? { action: <DropZone over={drop.over} onPress={attach} /> } : {})}
          />
          <AttachStatus />
        </div>
      );
    }
    return (
      <>
        <section className="evidence__list" aria-label={t('evidence.title')}>
          <FilterBar
            filter={filter}
            items={all}
            shown={shown.length}
            view={view}
            searchRef={searchRef}
            onFilter={setFilter}
            onView={setView}
          />
          {drop.over ? <p className="evidence__drop">{t('evidence.drop.now')}</p> : null}
          <div className="evidence__status">
            <AttachStatus />
          </div>
          {shown.length === 0 ? (
            <EmptyState
              icon={<SearchX />}
              title={t('evidence.none.title')}
              text={t('evidence.none.text')}
              {...(isFiltered(filter) ? { action: <Button onPress={() => setFilter(noFilter)}>{t('evidence.none.clear')}</Button> } : {})}
            />
          ) : view === 'table' ? (
            <Register items={shown} selected={selected} sort={sort} onSort={setSort} onSelect={setSelected} />
          ) : (
            <Gallery items={shown} selected={selected} onSelect={setSelected} />
          )}
        </section>
        {chosen === null ? null : (
          <EvidenceDetailView
            key={chosen.id}
            auditId={auditId}
            evidenceId={chosen.id}
            mayEdit={mayEdit}
            navigate={navigate}
            onClose={() => setSelected(null)}
          />
        )}
      </>
    );
  };

  return (
    <Page
      flush
      header={
        <PageHeader
          {...(audit === undefined ? {} : { crumb: audit.title, badges: <Badge>{t(`common.state.${audit.state}`)}</Badge> })}
          title={t('evidence.title')}
          actions={
            <>
              <BodyMenu auditId={auditId} title={audit?.title ?? ''} packs={audit?.packs ?? []} mayEdit={mayEdit} />
              <Button variant="primary" icon={<Paperclip aria-hidden="true" />} shortcut="e" isDisabled={!mayEdit} onPress={attach}>
                {t('evidence.attach')}
              </Button>
            </>
          }
        />
      }
    >
      <div className={classNames('evidence', chosen !== null && 'evidence--open', drop.over && 'evidence--over')} {...drop.props}>
        <QueryView query={list}>{body}</QueryView>
      </div>
    </Page>
  );
}
