import './attach.css';
import { CircleAlert, CircleCheck, CircleSlash, Copy, Folder, X } from 'lucide-react';
import { type DragEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import { describeError } from '../app-error.ts';
import { call, cancelCall, nextCancelId, onShell, shell } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { IconButton, ProgressPanel, showError } from '../ui/index.ts';
import type { AttachLine, AttachState, AttachStore, AttachTarget } from './attach-store.ts';
import { createAttachStore } from './attach-store.ts';
import { carriesFiles, readPaste, readTransfer } from './transfer.ts';

let store: AttachStore | null = null;

/** The window's one queue of attachments. It goes on while screens change and forgets everything when the vault locks. */
export function attachments(): AttachStore {
  if (store !== null) return store;
  const made = createAttachStore({
    begin: (payload) => call('evidence.beginUpload', payload),
    chunk: (payload) => call('evidence.uploadChunk', { ...payload, bytes: payload.bytes as Uint8Array<ArrayBuffer> }),
    finish: (payload) => call('evidence.finishUpload', payload),
    cancel: (payload) => call('evidence.cancelUpload', payload),
    picked: (payload, options) => call('evidence.attachPicked', payload, options),
    cancelCall,
    newCancelId: nextCancelId,
  });
  onShell((event) => {
    if (event.type === 'locked') made.reset();
  });
  store = made;
  return made;
}

export function useAttachments(): AttachState {
  return useSyncExternalStore(attachments().subscribe, attachments().read);
}

/** Asks for files in the system's dialog and attaches them. */
export async function pickAndAttach(target: AttachTarget): Promise<void> {
  try {
    await attachments().picked(target, await shell('pickEvidence'));
  } catch (error) {
    showError(error);
  }
}

/** Props for the element that takes dropped files, and whether files hang over it. A null target takes nothing. */
export function useDrop(target: AttachTarget | null) {
  const [over, setOver] = useState(false);
  // Every child that is crossed enters and leaves once; only when all are left the files are gone.
  const depth = useRef(0);
  const latest = useRef(target);
  latest.current = target;
  const leave = () => {
    depth.current = 0;
    setOver(false);
  };
  return {
    over,
    props: {
      onDragEnter: (event: DragEvent) => {
        if (!carriesFiles(event.dataTransfer)) return;
        event.preventDefault();
        depth.current += 1;
        setOver(latest.current !== null);
      },
      onDragOver: (event: DragEvent) => {
        if (!carriesFiles(event.dataTransfer)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = latest.current === null ? 'none' : 'copy';
      },
      onDragLeave: (event: DragEvent) => {
        if (!carriesFiles(event.dataTransfer)) return;
        depth.current -= 1;
        if (depth.current <= 0) leave();
      },
      onDrop: (event: DragEvent) => {
        if (!carriesFiles(event.dataTransfer)) return;
        event.preventDefault();
        leave();
        if (latest.current !== null) void attachments().transferred(latest.current, readTransfer(event.dataTransfer));
      },
    },
  };
}

/** Attaches pictures and files that are pasted anywhere on the screen. */
export function usePaste(target: AttachTarget | null): void {
  const latest = useRef(target);
  latest.current = target;
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (event.clipboardData === null || latest.current === null) return;
      const transferred = readPaste(event.clipboardData, isTextField(event.target), new Date());
      if (transferred.files.length + transferred.folders.length === 0) return;
      event.preventDefault();
      void attachments().transferred(latest.current, transferred);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
}

/** What is being attached and what became of each file. Shows nothing while there is nothing to tell. */
export function AttachStatus() {
  const { progress, lines } = useAttachments();
  if (progress === null && lines.length === 0) return null;
  return (
    <section className="attach-status" aria-label={t('evidence.results')} aria-live="polite">
      {progress === null ? null : (
        <ProgressPanel label={t('evidence.attaching')} progress={progress} onCancel={() => attachments().cancel()} />
      )}
      {lines.length === 0 ? null : (
        <div className="attach-status__results">
          <ul className="attach-status__lines">
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever appended, and names may repeat
              <ResultLine key={index} line={line} />
            ))}
          </ul>
          {progress === null ? (
            <IconButton
              label={t('evidence.results.dismiss')}
              icon={<X aria-hidden="true" />}
              size="small"
              onPress={() => attachments().dismiss()}
            />
          ) : null}
        </div>
      )}
    </section>
  );
}

const icons = { attached: CircleCheck, duplicate: Copy, failed: CircleAlert, folder: Folder, cancelled: CircleSlash } as const;

function ResultLine({ line }: { readonly line: AttachLine }) {
  const Icon = icons[line.kind];
  return (
    <li className={`attach-line attach-line--${line.kind}`}>
      <Icon aria-hidden="true" />
      <span className="attach-line__text">
        <span className="attach-line__name">{line.name}</span> {outcome(line)}
      </span>
    </li>
  );
}

function outcome(line: AttachLine): string {
  switch (line.kind) {
    case 'attached':
      return t('evidence.result.attached', { label: evidenceLabel(line.number ?? 0) });
    case 'duplicate':
      return line.number === null
        ? t('evidence.result.duplicate.unnamed')
        : t('evidence.result.duplicate', { label: evidenceLabel(line.number) });
    case 'failed': {
      const { title, hint } = describeError(line.error);
      return [title, hint].filter(Boolean).join(' ');
    }
    case 'folder':
      return t('evidence.result.folder');
    case 'cancelled':
      return t('evidence.result.cancelled');
  }
}
