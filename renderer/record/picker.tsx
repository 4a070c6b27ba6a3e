import './picker.css';
import { Check } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { filterWords, foldText } from '../../shared/domain/search-text.ts';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SearchField } from '../ui/text-field.tsx';

/** Something that can be linked: a short code in monospace, and a title. */
export interface PickerItem {
  readonly id: string;
  readonly code: string;
  readonly title: string;
}

export interface PickerProps {
  readonly onClose: () => void;
  readonly title: string;
  readonly searchLabel: string;
  /** Everything, of which what is linked already is not offered. */
  readonly items: readonly PickerItem[];
  readonly linked?: readonly string[];
  readonly onPick: (ids: readonly string[]) => void;
}

/** More rows than this help nobody; searching does. */
const shownLimit = 50;
const nothing: readonly string[] = [];

/** A dialog with a search over many things, of which several can be chosen. */
export function Picker({ onClose, title, searchLabel, items, linked = nothing, onPick }: PickerProps) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const offered = useMemo(() => {
    const taken = new Set(linked);
    return items.filter(({ id }) => !taken.has(id)).map((item) => ({ item, haystack: foldText(`${item.code} ${item.title}`) }));
  }, [items, linked]);
  const words = filterWords(text);
  const matching = offered.filter(({ haystack }) => words.every((word) => haystack.includes(word))).map(({ item }) => item);
  const shown = matching.slice(0, shownLimit);
  const pick = () => {
    onPick([...chosen]);
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      onSubmit={pick}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" isDisabled={chosen.size === 0}>
            {t('record.picker.done', { count: chosen.size })}
          </Button>
        </>
      }
    >
      <SearchField label={searchLabel} value={text} onChange={setText} autoFocus />
      <ListBox
        aria-label={title}
        className="picker"
        selectionMode="multiple"
        selectedKeys={chosen}
        onSelectionChange={(keys) => setChosen(keys === 'all' ? new Set(shown.map(({ id }) => id)) : new Set([...keys].map(String)))}
        items={shown}
        dependencies={[chosen]}
        renderEmptyState={() => <p className="muted picker__empty">{t('record.picker.empty')}</p>}
      >
        {(item) => (
          <ListBoxItem id={item.id} textValue={`${item.code} ${item.title}`} className="picker__item">
            {({ isSelected }) => (
              <>
                <span className="picker__box" aria-hidden="true">
                  {isSelected ? <Check /> : null}
                </span>
                <span className="picker__words">
                  <span>{item.title}</span>
                  <span className="mono muted">{item.code}</span>
                </span>
              </>
            )}
          </ListBoxItem>
        )}
      </ListBox>
      {matching.length > shown.length ? (
        <p className="muted">{t('record.picker.more', { count: matching.length - shown.length })}</p>
      ) : null}
    </Dialog>
  );
}
