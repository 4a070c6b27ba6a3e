import './popover.css';
import type { ReactElement, ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon?: ReactNode;
  readonly shortcut?: string;
  readonly danger?: boolean;
  readonly isDisabled?: boolean;
  readonly run: () => void;
}

/** A menu that opens from its child, which must be a button of this library. */
export function Menu({
  label,
  entries,
  children,
}: {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly children: ReactElement;
}) {
  return (
    <MenuTrigger>
      {children}
      <Popover className="popover" placement="bottom end">
        <AriaMenu className="popover__list" aria-label={label} onAction={(id) => entries.find((entry) => entry.id === id)?.run()}>
          {entries.map((entry) => (
            <MenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.label}
              isDisabled={entry.isDisabled ?? false}
              className={classNames('popover__item', entry.danger && 'popover__item--danger')}
            >
              {entry.icon}
              <span className="popover__text">
                {entry.label}
                {entry.description === undefined ? null : <span className="popover__description">{entry.description}</span>}
              </span>
              {entry.shortcut === undefined ? null : <Kbd keys={entry.shortcut} />}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
