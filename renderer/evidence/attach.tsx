import './attach.css';
import { CircleAlert, CircleCheck, CircleSlash, Copy, Folder, X } from 'lucide-react';
import { type DragEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { AttachResult } from '../../shared/ipc/evidence.ts';
import { call, cancelCall, nextCancelId, onShell, shell } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, IconButton, ProgressPanel, showError } from '../ui/index.ts';
import type { AttachLine, AttachState, AttachStore, AttachTarget } from './attach-store.ts';
import { createAttachStore, isProblem } from './attach-store.ts';
import { MailAttachmentsDialog } from './mail-attachments.tsx';
import { countsInWords, outcomeWords } from './outcome-words.ts';
import { forgetPictures, pictureAttached } from './picture/keep-picture.ts';
import { carriesFiles, readPaste, readTransfer } from './transfer.ts';

let store: AttachStore | null = null;

/** The window's one queue of attachments. It goes on while screens change and forgets everything when the vault locks. */
export function attachments(): AttachStore {
  if (store !== null) return store;
  const made = createAttachStore({
    begin: (payload) => call('evidence.beginUpload', payload),
    chunk: (payload) => call('evidence.uploadChunk', { ...payload, bytes: payload.bytes as Uint8Array<ArrayBuffer> }),
    finish: (payload) => call('evidence.finishUpload', payload).then(pictured),
    cancel: (payload) => call('evidence.cancelUpload', payload),
    picked: (payload, options) => call('evidence.attachPicked', payload, options).then((results) => results.map(pictured)),
    pickedFolder: (payload, options) =>
      call('evidence.attachFolder', payload, options).then((result) => ({ ...result, results: result.results.map(pictured) })),
    cancelCall,
    newCancelId: nextCancelId,
  });
  onShell((event) => {
    if (event.type !== 'locked') return;
    made.reset();
    forgetPictures();
  });
  store = made;
  return made;
}

function pictured(result: AttachResult): AttachResult {
  if (result.duplicateOf === null) pictureAttached([result.evidence]);
  return result;
}

export function useAttachments(): AttachState {
  return useSyncExternalStore(attachments().subscribe, attachments().read);
}

/** Takes the results that went well off the screen when the auditor leaves what they were attached to, e.g. a control. */
export function useSettledResults(place: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the place changes and when the screen is left
  useEffect(() => () => attachments().settle(), [place]);
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
      {lines.length === 0 ? null : <Results lines={lines} />}
    </section>
  );
}

function Results({ lines }: { readonly lines: readonly AttachLine[] }) {
  // Problems come first, so that cutting a long list never hides one that could be seen.
  const listed = lines.length > mostLines ? [...lines].sort((one, other) => Number(isProblem(other)) - Number(isProblem(one))) : lines;
  return (
    <div className="attach-status__results">
      <div className="attach-status__head">
        <p>{countsInWords(lines)}</p>
        <Button variant="quiet" size="small" onPress={() => attachments().dismiss()}>
          {t('evidence.results.dismiss')}
        </Button>
      </div>
      <ul className="attach-status__lines">
        {listed.slice(0, mostLines).map((line) => (
          <ResultLine key={line.id} line={line} />
        ))}
        {lines.length > mostLines ? <li className="attach-line">{t('ways.more', { count: lines.length - mostLines })}</li> : null}
      </ul>
    </div>
  );
}

const icons = {
  attached: CircleCheck,
  duplicate: Copy,
  failed: CircleAlert,
  folder: Folder,
  cancelled: CircleSlash,
  'not-reached': CircleSlash,
} as const;

/** Lines that are drawn; a folder may bring thousands. */
const mostLines = 200;

/** Media types that the reader takes apart as mail. */
const mailTypes: ReadonlySet<string> = new Set(['message/rfc822', 'application/vnd.ms-outlook']);

function ResultLine({ line }: { readonly line: AttachLine }) {
  const Icon = icons[line.kind];
  const [mailOpen, setMailOpen] = useState(false);
  const mailId = 'mediaType' in line && mailTypes.has(line.mediaType) ? (line.evidenceId ?? null) : null;
  return (
    <li className={`attach-line attach-line--${line.kind}`} data-batch={line.batch}>
      <Icon aria-hidden="true" />
      <span className="attach-line__text">
        <span className="attach-line__name">{line.name}</span> {outcomeWords(line)}
      </span>
      {mailId === null ? null : (
        <Button size="small" onPress={() => setMailOpen(true)}>
          {t('ways.mail.offer')}
        </Button>
      )}
      {mailId !== null && mailOpen ? (
        <MailAttachmentsDialog evidenceId={mailId} name={line.name} onClose={() => setMailOpen(false)} />
      ) : null}
      {isProblem(line) ? (
        <IconButton
          label={t('evidence.results.dismissOne', { name: line.name })}
          icon={<X aria-hidden="true" />}
          size="small"
          onPress={() => attachments().dismiss(line.id)}
        />
      ) : null}
    </li>
  );
}
