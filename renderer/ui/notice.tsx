import './notice.css';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { describeError } from '../app-error.ts';
import { t } from '../i18n/translate.ts';
import { Button } from './button.tsx';

export type NoticeTone = 'info' | 'success' | 'warning' | 'error';

const icons = { info: Info, success: CircleCheck, warning: TriangleAlert, error: CircleAlert } as const;

export interface NoticeProps {
  readonly tone?: NoticeTone;
  /** What happened. */
  readonly title: string;
  /** What to do. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** A message in the flow of the page. Errors and warnings are announced. */
export function Notice({ tone = 'info', title, children, action }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div className={`notice notice--${tone}`} role={tone === 'error' || tone === 'warning' ? 'alert' : 'note'}>
      <Icon aria-hidden="true" className="notice__icon" />
      <div className="notice__text">
        <p className="notice__title">{title}</p>
        {children === undefined || children === '' ? null : <div className="notice__hint">{children}</div>}
      </div>
      {action === undefined ? null : <div className="notice__action">{action}</div>}
    </div>
  );
}

/** An error in words, with the reference number of a bug and a way to try again. */
export function ErrorNotice({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { title, hint, reference } = describeError(error);
  return (
    <Notice
      tone="error"
      title={title}
      {...(onRetry === undefined
        ? {}
        : {
            action: (
              <Button size="small" onPress={onRetry}>
                {t('common.retry')}
              </Button>
            ),
          })}
    >
      {hint}
      {reference === null ? null : <span className="notice__reference mono">{t('common.reference', { reference })}</span>}
    </Notice>
  );
}
