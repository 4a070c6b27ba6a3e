import { type ReactNode, useState } from 'react';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';

/** So many are shown before the rest is asked for. */
const shownAtFirst = 8;

/** A list that shows its first items, and the rest when it is asked for. */
export function FoldedList<Item>({
  items,
  className,
  children,
}: {
  readonly items: readonly Item[];
  readonly className?: string;
  /** One item, as an `li` with a key. */
  readonly children: (item: Item) => ReactNode;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, shownAtFirst);
  return (
    <>
      <ul className={className}>{shown.map(children)}</ul>
      {items.length > shownAtFirst ? (
        <Button size="small" variant="quiet" onPress={() => setAll(!all)}>
          {all ? t('report.checks.fewer') : t('report.checks.more', { count: items.length - shownAtFirst })}
        </Button>
      ) : null}
    </>
  );
}
