import './kbd.css';
import { shownKeys } from './platform.ts';

/** Keys to press, e.g. `Mod+K` or `g w`. Screen readers get them from the command, so they are hidden from them here. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className="kbd" aria-hidden="true">
      {shownKeys(keys).join(' ')}
    </span>
  );
}
