import './list-ring.css';
import type { ReactNode } from 'react';

/** Around a list whose rows are positioned: they would be drawn over its own outline, so its focus is shown above them. */
export function ListRing({ children }: { readonly children: ReactNode }) {
  return <div className="list-ring">{children}</div>;
}
