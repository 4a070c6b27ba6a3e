import './empty-state.css';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  /** What to do next. */
  readonly text?: string;
  readonly action?: ReactNode;
}

/** What a list says while it is empty. */
export function EmptyState({ icon, title, text, action }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <span className="empty-state__icon" aria-hidden="true">
        {icon}
      </span>
      <h2 className="empty-state__title">{title}</h2>
      {text === undefined ? null : <p className="empty-state__text">{text}</p>}
      {action === undefined ? null : <div className="empty-state__action">{action}</div>}
    </div>
  );
}
