import './evidence.css';
import { ListTree, Paperclip, Search, SearchX } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { controlKey } from '../../shared/domain/ids.ts';
import { useCommands } from '../commands.ts';
import { t } from '../i18n/translate.ts';
import type { ScreenProps } from '../screens.ts';
import { Badge, Button, classNames, EmptyState, Page, PageHeader, QueryView } from '../ui/index.ts';
import { usePermission } from '../use-permission.ts';
import { useQuery } from '../use-query.ts';
import { AttachStatus, pickAndAttach, useDrop, usePaste, useSettledResults } from './attach.tsx';
import { BodyMenu } from './body-menu.tsx';
import { linkPieces } from './bulk-actions.ts';
import { BulkBar } from './bulk-bar.tsx';
import { ControlPanel } from './control-panel.tsx';
import { Coverage } from './coverage.tsx';
import { DropZone } from './drop-zone.tsx';
import { EvidenceDetailView } from './evidence-detail.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Gallery } from './gallery.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { ListRing } from './list-ring.tsx';
import { Register } from './register.tsx';
import { choicesOf, isFiltered, noFilter } from './register-filter.ts';
import { markNone } from './selection.ts';
import { useEvidence } from './use-evidence.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { useRegister } from './use-register.ts';
import { WaysInMenu } from './ways-in-menu.tsx';

/** The audit's evidence as table, gallery or coverage, and the chosen piece beside it. Files may be dropped anywhere. */
export function EvidenceScreen({ auditId, target, navigate }: ScreenProps) {
  const list = useEvidence(auditId);
  const rows = useQuery('audits.controls', { auditId }, ['audits', 'answers', 'evidence', 'findings']).data?.controls ?? [];
  const { audit, mayEdit } = usePermission(auditId);
  const register = useRegister(auditId, list.data, audit, target);
  const { filter, view, shown, selection, marked, opened } = register;
  const [linking, setLinking] = useState<readonly Evidence[] | null>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const listRef = useRef<HTMLElement>(null);
  const keptFocus = useKeptFocus(listRef);

  const attachTarget = mayEdit ? { auditId, controls: [] } : null;
  const drop = useDrop(attachTarget);
  usePaste(attachTarget);
  useSettledResults(auditId);
  const attach = () => {
    if (attachTarget !== null) void pickAndAttach(attachTarget);
  };

  const items = list.data;
  const choices = useMemo(() => choicesOf(items ?? []), [items]);
  const chosen = view === 'coverage' ? null : (items?.find((item) => item.id === opened) ?? null);
  const link = () => {
    const current = shown.find((item) => item.id === selection.cursor);
    const pieces = marked.length > 0 ? marked : current === undefined ? [] : [current];
    if (mayEdit && pieces.length > 0) setLinking(pieces);
  };
  // There is nothing to drag onto them before the first piece; the coverage has a list of its own.
  const mayShowControls = view !== 'coverage' && (items?.length ?? 0) > 0;
  const withControls = register.controls && mayShowControls;
  const group = t('evidence.group');
  useCommands([
    { id: 'evidence.next', group, title: t('evidence.next'), keys: 'j', run: () => register.step(1) },
    { id: 'evidence.previous', group, title: t('evidence.previous'), keys: 'k', run: () => register.step(-1) },
    { id: 'evidence.search', group, title: t('evidence.search'), keys: '/', run: () => searchRef.current?.focus() },
    { id: 'evidence.attach', group, title: t('evidence.attach'), keys: 'e', run: attach },
    { id: 'evidence.link', group, title: t('register.command.link'), keys: 'l', run: link },
    {
      id: 'evidence.controls',
      group,
      title: t('register.command.controls'),
      keys: 'c',
      run: () => mayShowControls && register.toggleControls(),
    },
  ]);

  const pieces = (all: readonly Evidence[]) => {
    if (all.length === 0) {
      return (
        <div className="evidence__empty">
          <EmptyState
            icon={<Paperclip />}
            title={t('evidence.empty.title')}
            text={t('evidence.empty.text')}
            {...(mayEdit ? { action: <DropZone over={drop.over} onPress={attach} /> } : {})}
          />
        </div>
      );
    }
    if (shown.length === 0 && register.content.searching)
      return <EmptyState icon={<Search />} title={t('evidence.searching.title')} text={t('evidence.searching.text')} />;
    if (shown.length === 0) {
      const inTray = filter.links === 'loose' && all.length > 0;
      return (
        <EmptyState
          icon={inTray ? <Paperclip /> : <SearchX />}
          title={t(inTray ? 'register.tray.empty' : 'evidence.none.title')}
          text={t(inTray ? 'register.tray.empty.text' : 'evidence.none.text')}
          {...(isFiltered(filter)
            ? { action: <Button onPress={() => register.setFilter(noFilter)}>{t('evidence.none.clear')}</Button> }
            : {})}
        />
      );
    }
    const marking = { items: shown, selection, onSelection: register.setSelection, onOpen: register.open, draggable: mayEdit };
    return (
      <ListRing>
        {view === 'gallery' ? (
          <Gallery {...marking} />
        ) : (
          <Register
            {...marking}
            label={t('evidence.title')}
            sort={register.sort}
            onSort={register.setSort}
            superseded={register.relations.superseded}
            notes={register.content.notes}
          />
        )}
      </ListRing>
    );
  };

  const body = (all: readonly Evidence[]) => {
    return (
      <>
        {withControls ? (
          <ControlPanel
            rows={rows}
            chosen={filter.control}
            onChoose={(control) => register.setFilter({ ...filter, control })}
            onEvidence={mayEdit ? (control, ids) => void linkPieces(auditId, ids, [control], true) : null}
            onClose={register.toggleControls}
          />
        ) : null}
        <section ref={listRef} className="evidence__list" aria-label={t('evidence.title')}>
          <FilterBar
            filter={filter}
            choices={choices}
            sort={register.sort}
            total={all.length}
            complete={list.complete}
            shown={shown.length}
            loose={register.relations.loose.size}
            content={register.content}
            view={view}
            controlName={rows.find((row) => controlKey(row) === filter.control)?.citation ?? filter.control}
            searchRef={searchRef}
            onFilter={register.setFilter}
            onSort={register.setSort}
            onView={register.setView}
          />
          {drop.over ? <p className="evidence__drop">{t('evidence.drop.now')}</p> : null}
          <div className="evidence__status">
            <AttachStatus />
          </div>
          {view === 'coverage' ? (
            <Coverage auditId={auditId} auditTitle={audit?.title ?? ''} items={all} mayEdit={mayEdit} navigate={navigate} />
          ) : (
            <>
              <BulkBar
                auditId={auditId}
                auditTitle={audit?.title ?? ''}
                items={marked}
                mayEdit={mayEdit}
                onLink={link}
                onClear={() => register.setSelection(markNone(selection))}
              />
              {pieces(all)}
            </>
          )}
        </section>
        {chosen === null ? null : (
          <EvidenceDetailView
            key={chosen.id}
            auditId={auditId}
            evidenceId={chosen.id}
            mayEdit={mayEdit}
            navigate={navigate}
            onClose={() => register.open(null)}
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
              <Button
                icon={<ListTree aria-hidden="true" />}
                shortcut="c"
                aria-pressed={withControls}
                isDisabled={!mayShowControls}
                onPress={register.toggleControls}
              >
                {t('register.controls')}
              </Button>
              <BodyMenu auditId={auditId} title={audit?.title ?? ''} packs={audit?.packs ?? []} mayEdit={mayEdit} />
              {mayEdit ? <WaysInMenu target={{ auditId, controls: [] }} /> : null}
              <Button variant="primary" icon={<Paperclip aria-hidden="true" />} shortcut="e" isDisabled={!mayEdit} onPress={attach}>
                {t('evidence.attach')}
              </Button>
            </>
          }
        />
      }
    >
      <div
        className={classNames(
          'evidence',
          chosen !== null && 'evidence--open',
          withControls && 'evidence--controls',
          drop.over && 'evidence--over',
        )}
        {...drop.props}
        {...keptFocus}
      >
        <QueryView query={list}>{body}</QueryView>
      </div>
      {linking === null ? null : <LinkDialog auditId={auditId} items={linking} present onClose={() => setLinking(null)} />}
    </Page>
  );
}
