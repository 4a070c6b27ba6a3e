import './toast.css';
import { X } from 'lucide-react';
import { type FocusEvent, useEffect, useRef, useState } from 'react';
import { describeError, isCancelled } from '../app-error.ts';
import { t } from '../i18n/translate.ts';
import { createStore, useStore } from '../store.ts';
import { Button, IconButton } from './button.tsx';
import type { NoticeTone } from './notice.tsx';

export interface Toast {
  readonly title: string;
  readonly text?: string;
  readonly tone?: NoticeTone;
  /** Usually Undo. */
  readonly action?: { readonly label: string; readonly run: () => void };
  /** How long it stays, in milliseconds; null stays until it is dismissed. */
  readonly timeout?: number | null;
}

interface ShownToast extends Toast {
  readonly id: number;
}

const shown = createStore<readonly ShownToast[]>([]);
let lastId = 0;

/** Shows a message in the corner. At most four at a time; the oldest goes. */
export function showToast(toast: Toast): void {
  lastId += 1;
  shown.set([...shown.get().slice(-3), { ...toast, id: lastId }]);
}

/** Shows an error in the corner; a cancellation shows nothing. */
export function showError(error: unknown): void {
  if (isCancelled(error)) return;
  const { title, hint, reference } = describeError(error);
  const text = [hint, reference === null ? '' : t('common.reference', { reference })].filter(Boolean).join(' ');
  showToast({ title, text, tone: 'error', timeout: null });
}

/** Says that something was done and offers to take it back. */
export function showUndo(title: string, undo: () => unknown): void {
  showToast({
    title,
    tone: 'success',
    timeout: 10_000,
    action: { label: t('common.undo'), run: () => void Promise.resolve().then(undo).catch(showError) },
  });
}

/** A message that is kept up to date until what it tells of has ended. */
export interface RunningToast {
  /** Shows the message, or changes its text. Does nothing once it was dismissed. */
  tell(text: string): void;
  end(): void;
}

/** For what takes longer than a moment: says how far it is, beside the way to cancel it. Appears with the first `tell`. */
export function showRunning(title: string, cancel: () => void): RunningToast {
  let id: number | null = null;
  return {
    tell(text) {
      if (id === null) {
        showToast({ title, text, timeout: null, action: { label: t('common.cancel'), run: cancel } });
        id = lastId;
      } else shown.set(shown.get().map((toast) => (toast.id === id ? { ...toast, text } : toast)));
    },
    end() {
      if (id !== null) dismiss(id);
    },
  };
}

function dismiss(id: number): void {
  shown.set(shown.get().filter((toast) => toast.id !== id));
}

/** Takes every message away. For the lock: they name files and people, and what they offer belongs to who was there. */
export function clearToasts(): void {
  shown.set([]);
}

/** Where the messages appear. Put once into the window. */
export function ToastRegion() {
  const toasts = useStore(shown);
  const region = useRef<HTMLElement>(null);
  /** What had the keyboard before a message got it; null while no message has it. */
  const before = useRef<HTMLElement | null>(null);
  const isInside = (target: EventTarget | null) => target instanceof HTMLElement && region.current?.contains(target) === true;
  const onFocus = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof HTMLElement && !isInside(relatedTarget)) before.current = relatedTarget;
  };
  // Not told when the message itself goes away.
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    if (!isInside(relatedTarget)) before.current = null;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a message that goes away with the keyboard gives it back
  useEffect(() => {
    if (before.current === null || document.activeElement !== document.body) return;
    before.current.focus();
    before.current = null;
  }, [toasts]);
  return (
    <section
      ref={region}
      className="toast-region"
      aria-label={t('common.toasts')}
      aria-live="polite"
      aria-relevant="additions"
      onFocus={onFocus}
      onBlur={onBlur}
    >
      {toasts.map((toast) => (
        <ToastView key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastView({ toast }: { readonly toast: ShownToast }) {
  const { id, title, text, tone = 'info', action, timeout = 6000 } = toast;
  /** Whether somebody points at it or has the keyboard in it; it waits for them. */
  const [held, setHeld] = useState({ pointer: false, keyboard: false });
  const isHeld = held.pointer || held.keyboard;
  useEffect(() => {
    if (timeout === null || isHeld) return undefined;
    const timer = setTimeout(() => dismiss(id), timeout);
    return () => clearTimeout(timer);
  }, [id, timeout, isHeld]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits; the buttons in it have the keys
    <div
      className={`toast toast--${tone}`}
      onPointerEnter={() => setHeld((now) => ({ ...now, pointer: true }))}
      onPointerLeave={() => setHeld((now) => ({ ...now, pointer: false }))}
      onFocus={() => setHeld((now) => ({ ...now, keyboard: true }))}
      onBlur={() => setHeld((now) => ({ ...now, keyboard: false }))}
    >
      <div className="toast__text">
        <p className="toast__title">{title}</p>
        {text === undefined || text === '' ? null : <p className="toast__detail">{text}</p>}
      </div>
      {action === undefined ? null : (
        <Button
          size="small"
          onPress={() => {
            dismiss(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label={t('common.dismiss')} icon={<X aria-hidden="true" />} size="small" onPress={() => dismiss(id)} />
    </div>
  );
}
