import './record-panes.css';
import { FileWarning, MousePointerClick, SearchX } from 'lucide-react';
import { type HTMLAttributes, type ReactNode, useEffect, useRef } from 'react';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import type { RecordKind } from './kind.ts';
import { ReadOnlyNotice } from './read-only-notice.tsx';

export interface RecordPanesProps {
  readonly kind: Exclude<RecordKind, 'plan'>;
  /** Whether the audit is frozen, which is said above the list. */
  readonly frozen: boolean;
  readonly filters: ReactNode;
  /** The list, or null when the filters let nothing through. */
  readonly list: ReactNode | null;
  readonly onClearFilters: () => void;
  readonly selected: string | null;
  /** The chosen record's title and pane, or null when none is chosen or it is gone. */
  readonly chosen: { readonly title: string; readonly detail: ReactNode } | null;
  /** Makes both panes a place to drop files on. */
  readonly dropProps?: HTMLAttributes<HTMLDivElement>;
}

/** A list with its filters, and the chosen record beside it; one above the other where the window is narrow. */
export function RecordPanes({ kind, frozen, filters, list, onClearFilters, selected, chosen, dropProps }: RecordPanesProps) {
  const detail = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another record starts at its top
  useEffect(() => detail.current?.scrollTo(0, 0), [selected]);
  return (
    <div className="record-panes" {...dropProps}>
      <div className="record-panes__list">
        {frozen ? <ReadOnlyNotice /> : null}
        {filters}
        {list ?? (
          <EmptyState
            icon={<SearchX />}
            title={t(`${kind}.none`)}
            text={t(`${kind}.none.text`)}
            action={<Button onPress={onClearFilters}>{t('record.filters.clear')}</Button>}
          />
        )}
      </div>
      <aside ref={detail} className="record-panes__detail" aria-label={chosen === null ? t(`${kind}.choose`) : chosen.title}>
        {chosen === null ? (
          <EmptyState
            icon={selected === null ? <MousePointerClick /> : <FileWarning />}
            title={t(`${kind}.choose`)}
            text={t(`${kind}.choose.text`)}
          />
        ) : (
          chosen.detail
        )}
      </aside>
    </div>
  );
}
