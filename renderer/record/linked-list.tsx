import './linked-list.css';
import { Plus, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { t } from '../i18n/translate.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Link } from '../ui/link.tsx';
import { Section } from '../ui/page.tsx';
import { Picker, type PickerItem } from './picker.tsx';

export interface LinkedListProps {
  readonly title: string;
  /** Said when nothing is linked. */
  readonly none: string;
  readonly add: string;
  readonly searchLabel: string;
  /** Everything that could be linked, in the order it is listed. */
  readonly items: readonly PickerItem[];
  readonly linked: readonly string[];
  readonly mayEdit: boolean;
  readonly onChange: (linked: readonly string[]) => void;
  readonly onOpen: (id: string) => void;
}

/** What a record is linked to: open, unlink, and a picker for more. */
export function LinkedList({ title, none, add, searchLabel, items, linked, mayEdit, onChange, onOpen }: LinkedListProps) {
  const [picking, setPicking] = useState(false);
  const byId = useMemo(() => new Map(items.map((item) => [item.id, item])), [items]);
  return (
    <Section
      title={`${title} ${linked.length === 0 ? '' : linked.length}`.trim()}
      aside={
        mayEdit ? (
          <Button size="small" variant="quiet" icon={<Plus aria-hidden="true" />} onPress={() => setPicking(true)}>
            {add}
          </Button>
        ) : undefined
      }
    >
      {linked.length === 0 ? (
        <p className="muted">{none}</p>
      ) : (
        <ul className="linked-list">
          {linked.map((id) => {
            // Its name is on its way when it is not known yet.
            const item = byId.get(id) ?? { id, code: '…', title: '' };
            return (
              <li key={id} className="linked-list__item">
                <Link className="linked-list__link" onPress={() => onOpen(id)}>
                  <span className="mono linked-list__code">{item.code}</span>
                  <span className="linked-list__title">{item.title}</span>
                </Link>
                {mayEdit ? (
                  <IconButton
                    label={t('record.unlink', { name: item.code })}
                    icon={<X aria-hidden="true" />}
                    size="small"
                    onPress={() => onChange(linked.filter((other) => other !== id))}
                  />
                ) : null}
              </li>
            );
          })}
        </ul>
      )}
      {picking ? (
        <Picker
          onClose={() => setPicking(false)}
          title={add}
          searchLabel={searchLabel}
          items={items}
          linked={linked}
          onPick={(ids) => onChange([...linked, ...ids])}
        />
      ) : null}
    </Section>
  );
}
