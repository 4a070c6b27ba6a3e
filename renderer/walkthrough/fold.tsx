import { type ReactNode, useState } from 'react';

/** A titled part that is folded away at first. What is in it is only made when it is opened. */
export function Fold({
  title,
  summary,
  children,
}: {
  readonly title: string;
  readonly summary?: string;
  readonly children: () => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <details className="pane-fold" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <h3>{title}</h3>
        {summary === undefined ? null : <span className="muted">{summary}</span>}
      </summary>
      {open ? children() : null}
    </details>
  );
}
