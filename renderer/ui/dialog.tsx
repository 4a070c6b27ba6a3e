import './dialog.css';
import { X } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Dialog as AriaDialog, Form, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { t } from '../i18n/translate.ts';
import { Button, IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import { ErrorNotice } from './notice.tsx';

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** `window` fills the window and leaves no space around its content. */
  readonly size?: 'small' | 'medium' | 'large' | 'window';
  /** Whether a click outside closes it. Off where typed text could be lost. */
  readonly dismissable?: boolean;
  /** The row of buttons at the bottom. */
  readonly actions?: ReactNode;
  /** With this the dialog is a form: Enter submits. */
  readonly onSubmit?: () => void;
  readonly children: ReactNode;
}

/** A modal dialog. Escape closes it; focus returns to where it was. */
export function Dialog({ isOpen, onClose, title, size = 'medium', dismissable = false, actions, onSubmit, children }: DialogProps) {
  const inner = (
    <>
      <div className="dialog__body">{children}</div>
      {actions === undefined ? null : <div className="dialog__actions">{actions}</div>}
    </>
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <ModalOverlay
      className="dialog__scrim"
      isOpen={isOpen}
      onOpenChange={(open) => (open ? undefined : onClose())}
      isDismissable={dismissable}
    >
      <Modal className={classNames('dialog', `dialog--${size}`)}>
        <AriaDialog className="dialog__content">
          <FocusKeeper />
          <header className="dialog__header">
            <Heading slot="title" className="dialog__title">
              {title}
            </Heading>
            <IconButton slot={null} label={t('common.close')} icon={<X aria-hidden="true" />} size="small" onPress={onClose} />
          </header>
          {onSubmit === undefined ? (
            inner
          ) : (
            <Form className="dialog__form" onSubmit={submit} validationBehavior="aria">
              {inner}
            </Form>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/**
 * Takes the focus back when the element that had it leaves the dialog, such as a button that is gone with what it did. Without this
 * the page itself has the focus, and neither Escape nor Tab reaches the dialog.
 */
function FocusKeeper() {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const dialog = place.current?.closest<HTMLElement>('[role="dialog"], [role="alertdialog"]');
    if (dialog === null || dialog === undefined) return undefined;
    const observer = new MutationObserver(() => {
      const { activeElement, body } = document;
      if (activeElement === null || activeElement === body) dialog.focus({ preventScroll: true });
    });
    observer.observe(dialog, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
  return <span ref={place} hidden />;
}

export interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** A question that names the thing. */
  readonly title: string;
  /** The verb, e.g. "Destroy evidence". */
  readonly action: string;
  readonly danger?: boolean;
  /** The dialog stays open with the error when this fails. */
  readonly onConfirm: () => unknown;
  readonly isDisabled?: boolean;
  readonly children?: ReactNode;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({
  isOpen,
  onClose,
  title,
  action,
  danger = false,
  onConfirm,
  isDisabled = false,
  children,
}: ConfirmDialogProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const close = () => {
    setError(null);
    onClose();
  };
  const confirm = async () => {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      close();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={title}
      size="small"
      onSubmit={() => void confirm()}
      actions={
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button type="submit" variant={danger ? 'danger' : 'primary'} isPending={busy} isDisabled={isDisabled}>
            {action}
          </Button>
        </>
      }
    >
      {children}
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}
