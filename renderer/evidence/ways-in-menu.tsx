import { AppWindow, FileSpreadsheet, FolderPlus, MessagesSquare, Plus, StickyNote } from 'lucide-react';
import { useState } from 'react';
import type { NoteKind } from '../../shared/domain/note.ts';
import { shell } from '../bridge.ts';
import { useCommands } from '../commands.ts';
import { formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, Menu, showError } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { attachments } from './attach.tsx';
import type { AttachTarget } from './attach-store.ts';
import { CaptureDialog } from './capture-dialog.tsx';
import { ImportListDialog } from './import-list-dialog.tsx';
import { NoteDialog } from './note-dialog.tsx';

type Open = 'capture' | 'list' | NoteKind | null;

/** The ways in besides single files: a folder, a picture of the screen, a note, an interview, a list of files. Each has its keys. */
export function WaysInMenu({ target, size = 'medium' }: { readonly target: AttachTarget; readonly size?: 'medium' | 'small' }) {
  const [open, setOpen] = useState<Open>(null);
  const { auditId } = target;
  const notes = useQuery('notes.list', { auditId }, ['evidence']).data ?? [];
  const pickFolder = async () => {
    try {
      const folder = await shell('pickFolder');
      if (folder !== null) await attachments().pickedFolder(target, folder);
    } catch (error) {
      showError(error);
    }
  };
  const key = target.controls[0] === undefined ? '' : `${target.controls[0].packId} ${target.controls[0].controlId}`;
  const draft = (kind: NoteKind) => {
    const known = notes.find(
      (note) => note.kind === kind && (note.control === null ? '' : `${note.control.packId} ${note.control.controlId}`) === key,
    );
    return known === undefined ? {} : { description: t('ways.note.waiting', { moment: formatMoment(known.updatedAt) }) };
  };
  const ways = [
    { id: 'folder', keys: 'a f', icon: <FolderPlus aria-hidden="true" />, run: () => void pickFolder() },
    { id: 'capture', keys: 'a s', icon: <AppWindow aria-hidden="true" />, run: () => setOpen('capture') },
    { id: 'note', keys: 'a n', icon: <StickyNote aria-hidden="true" />, run: () => setOpen('note'), ...draft('note') },
    { id: 'interview', keys: 'a i', icon: <MessagesSquare aria-hidden="true" />, run: () => setOpen('interview'), ...draft('interview') },
    { id: 'list', keys: 'a l', icon: <FileSpreadsheet aria-hidden="true" />, run: () => setOpen('list') },
  ] as const;
  useCommands(ways.map(({ id, keys, run }) => ({ id: `ways.${id}`, group: t('evidence.group'), title: t(`ways.${id}`), keys, run })));
  const close = () => setOpen(null);
  return (
    <>
      <Menu label={t('ways.more.label')} entries={ways.map(({ keys, ...way }) => ({ ...way, label: t(`ways.${way.id}`), shortcut: keys }))}>
        <Button size={size} icon={<Plus aria-hidden="true" />}>
          {t('ways.more.label')}
        </Button>
      </Menu>
      {open === 'capture' ? <CaptureDialog target={target} onClose={close} /> : null}
      {open === 'list' ? <ImportListDialog auditId={auditId} onClose={close} /> : null}
      {open === 'note' || open === 'interview' ? <NoteDialog kind={open} target={target} onClose={close} /> : null}
    </>
  );
}
