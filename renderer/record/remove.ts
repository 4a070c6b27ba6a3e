import { showUndo } from '../ui/toast.tsx';
import type { Drafts } from './drafts.ts';

export interface Removal<Id extends string> {
  readonly id: Id;
  readonly drafts: Pick<Drafts<never, never>, 'flush' | 'forget'>;
  readonly remove: () => Promise<unknown>;
  readonly restore: () => Promise<unknown>;
  /** Said beside "Undo". */
  readonly said: string;
  readonly onSelect: (id: Id | null) => void;
}

/** Removes a record after what was typed into it is saved, so that undoing brings back all of it. */
export async function removeRecord<Id extends string>({ id, drafts, remove, restore, said, onSelect }: Removal<Id>): Promise<void> {
  await drafts.flush();
  await remove();
  drafts.forget(id);
  onSelect(null);
  showUndo(said, async () => {
    await restore();
    onSelect(id);
  });
}
