import './palette.css';
import { useMemo, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';
import { type AuditId, controlKey } from '../../shared/domain/ids.ts';
import { allCommands, keysOf } from '../commands.ts';
import { t } from '../i18n/translate.ts';
import { navigate } from '../router.ts';
import { Kbd, VerdictIcon } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { useEvidenceEntries } from './evidence-entries.tsx';
import { rank } from './fuzzy.ts';

export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly group: string;
  readonly keys: string | undefined;
  readonly icon: React.ReactNode;
  readonly run: () => void;
}

/** Entries that are listed: of all, and of those found, which are drawn anew at every key. */
const most = 60;
const mostFound = 20;

export interface PaletteProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly auditId: AuditId | null;
}

/** Every command and every control of the audit, found by a few letters, and its evidence, found by words in it. */
export function Palette({ isOpen, onClose, auditId }: PaletteProps) {
  return (
    <ModalOverlay className="dialog__scrim" isOpen={isOpen} onOpenChange={(open) => (open ? undefined : onClose())} isDismissable>
      <Modal className="dialog palette">
        <Dialog className="palette__content" aria-label={t('frame.palette.open')}>
          <PaletteList onClose={onClose} auditId={auditId} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function PaletteList({ onClose, auditId }: Omit<PaletteProps, 'isOpen'>) {
  const [text, setText] = useState('');
  const entries = useEntries(auditId);
  const evidence = useEvidenceEntries(auditId, text);
  // The vault has looked for the words already, so its hits are not ranked by their letters again.
  const found = useMemo(
    () => [...rank(entries, text).slice(0, text.trim() === '' ? most : mostFound), ...evidence],
    [entries, evidence, text],
  );
  const groups = [...new Set(found.map((entry) => entry.group))];
  const choose = (entry: Entry | undefined) => {
    onClose();
    // The command runs when the dialog is gone, so that it may move the focus.
    if (entry !== undefined) setTimeout(entry.run);
  };

  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField aria-label={t('frame.palette.label')} autoFocus className="palette__search">
        <Input role="combobox" aria-expanded="true" className="palette__input" placeholder={t('frame.palette.placeholder')} />
      </SearchField>
      <ListBox
        className="palette__list"
        aria-label={t('frame.palette.label')}
        selectionMode="none"
        onAction={(id) => choose(found.find((entry) => entry.id === id))}
        renderEmptyState={() => <p className="palette__none">{t('frame.palette.none')}</p>}
      >
        {groups.map((group) => (
          <ListBoxSection key={group} id={group}>
            <Header className="overline popover__heading">{group}</Header>
            {found
              .filter((entry) => entry.group === group)
              .map((entry) => (
                <ListBoxItem key={entry.id} id={entry.id} textValue={`${entry.title} ${entry.detail}`} className="popover__item">
                  {entry.icon}
                  <span className="palette__title">{entry.title}</span>
                  {entry.detail === '' ? null : <span className="mono muted truncate palette__detail">{entry.detail}</span>}
                  {entry.keys === undefined ? null : <Kbd keys={entry.keys} />}
                </ListBoxItem>
              ))}
          </ListBoxSection>
        ))}
      </ListBox>
    </Autocomplete>
  );
}

function useEntries(auditId: AuditId | null): Entry[] {
  const controls = useQuery('audits.controls', auditId === null ? null : { auditId }, ['answers']);
  return useMemo(() => {
    const commands = allCommands()
      .filter((command) => command.hidden !== true)
      .map((command) => ({
        id: command.id,
        title: command.title,
        detail: '',
        group: command.group ?? t('frame.group.screen'),
        keys: keysOf(command)[0],
        icon: null,
        run: command.run,
      }));
    const rows = (controls.data?.controls ?? []).map((row) => ({
      id: `control ${controlKey(row)}`,
      title: row.title,
      detail: row.citation,
      group: t('frame.group.controls'),
      keys: undefined,
      icon: <VerdictIcon verdict={row.verdict} />,
      run: () => navigate('walkthrough', { controlKey: controlKey(row) }),
    }));
    return [...commands, ...rows];
  }, [controls.data]);
}
