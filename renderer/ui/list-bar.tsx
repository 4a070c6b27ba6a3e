import './list-bar.css';
import type { ReactNode } from 'react';

/** The row above a list: its search, its filters, how it is shown. */
export function ListBar({ children }: { readonly children: ReactNode }) {
  return <div className="list-bar">{children}</div>;
}
