import './trail.css';
import { RefreshCw, ScrollText, SearchX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useCommands } from '../commands.ts';
import { formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import type { OpenScreenProps } from '../screens.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ListBar } from '../ui/list-bar.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { Loading, Page, PageHeader } from '../ui/page.tsx';
import { SearchField } from '../ui/text-field.tsx';
import { ChainCheck } from './chain-check.tsx';
import { TrailLog } from './trail-log.tsx';
import { useTrailPages } from './use-trail-pages.ts';

/** Pause in typing after which the search runs, in milliseconds. */
const typingPause = 250;

/** Everything that happened in the vault, as a hash chain that can be checked on the spot. */
export function TrailScreen({ auditId, target }: OpenScreenProps) {
  const [text, setText] = useState(target.query ?? '');
  const [query, setQuery] = useState(text);
  const [thisAudit, setThisAudit] = useState(false);
  const pages = useTrailPages(query, thisAudit ? auditId : null);
  const search = useRef<HTMLInputElement>(null);

  useEffect(() => setText(target.query ?? ''), [target]);
  useEffect(() => {
    const timer = setTimeout(() => setQuery(text.trim()), typingPause);
    return () => clearTimeout(timer);
  }, [text]);
  useCommands([{ id: 'trail.search', title: t('trail.search'), keys: '/', group: t('trail.title'), run: () => search.current?.focus() }]);

  const filtered = query !== '' || thisAudit;
  const clear = () => {
    setText('');
    setThisAudit(false);
  };
  return (
    <Page
      flush
      header={
        <PageHeader
          title={t('trail.title')}
          meta={pages.head === null ? '' : t('trail.count', { count: pages.head.sequence })}
          {...(pages.stale
            ? {
                actions: (
                  <Button icon={<RefreshCw aria-hidden="true" />} onPress={pages.reload}>
                    {t('trail.new')}
                  </Button>
                ),
              }
            : {})}
        />
      }
    >
      <div className="trail">
        <ChainCheck head={pages.head} />
        <ListBar>
          <SearchField label={t('trail.search')} value={text} onChange={setText} maxLength={400} inputRef={search} />
          {auditId === null ? null : (
            <Checkbox isSelected={thisAudit} onChange={setThisAudit}>
              {t('trail.this-audit')}
            </Checkbox>
          )}
          <span className="muted numeric">{filtered ? formatNumber(pages.total) : ''}</span>
        </ListBar>
        <div className="trail__log">
          {pages.error === null ? null : (
            <div className="trail__error">
              <ErrorNotice error={pages.error} onRetry={pages.events.length === 0 ? pages.reload : pages.more} />
            </div>
          )}
          {pages.events.length > 0 ? (
            <TrailLog key={`${query} ${thisAudit}`} pages={pages} />
          ) : pages.loading ? (
            <Loading />
          ) : pages.error !== null ? null : filtered ? (
            <EmptyState
              icon={<SearchX />}
              title={t('trail.none')}
              text={t('trail.none.text')}
              action={<Button onPress={clear}>{t('trail.none.clear')}</Button>}
            />
          ) : (
            <EmptyState icon={<ScrollText />} title={t('trail.empty')} text={t('trail.empty.text')} />
          )}
        </div>
      </div>
    </Page>
  );
}
