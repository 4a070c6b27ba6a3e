import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import { call, onChanged } from '../bridge.ts';
import { registerFlush } from '../pending.ts';
import { markSaved } from '../saved.ts';
import type { AnswerState, Autosave } from './autosave.ts';
import { createAutosave } from './autosave.ts';
import type { DetailState, Details } from './details.ts';
import { createDetails } from './details.ts';

/** The state of a walkthrough that outlives the single control: unsaved changes and loaded details. */
export interface Controller {
  readonly autosave: Autosave;
  readonly details: Details;
}

/** Makes the state for one audit and saves what waits when the screen is left, the window loses focus or the vault locks. */
export function useController(auditId: AuditId): Controller {
  const controller = useMemo(() => {
    const autosave = createAutosave(async (reference, patch) => {
      const saved = await call('answers.save', { ...named(reference), auditId, patch: writable(patch) });
      markSaved(saved.savedAt);
      return saved;
    });
    const details = createDetails((reference) => call('answers.get', { ...named(reference), auditId }), autosave);
    return { autosave, details };
  }, [auditId]);
  const { autosave } = controller;
  useEffect(() => {
    const unregister = registerFlush(async () => {
      await autosave.flush();
    });
    const flush = () => void autosave.flush();
    window.addEventListener('blur', flush);
    return () => {
      window.removeEventListener('blur', flush);
      // Stays registered until the last save is through, so that a lock right after leaving still waits for it.
      void autosave.flush().finally(unregister);
    };
  }, [autosave]);
  return controller;
}

/** Reloads what is shown when the vault says that answers, evidence or findings changed. */
export function useDetailRefresh(details: Details, auditId: AuditId, wanted: () => readonly ControlReference[]): void {
  useEffect(() => onChanged(['answers', 'evidence', 'findings'], auditId, () => details.invalidate(wanted())), [details, auditId, wanted]);
}

export function useDetail(details: Details, key: string): DetailState {
  return useSyncExternalStore(details.subscribe, () => details.read(key));
}

export function useAnswer(autosave: Autosave, key: string): AnswerState | null {
  return useSyncExternalStore(autosave.subscribe, () => autosave.read(key));
}

/** Only the two names; the objects passed around often carry more, which the vault would refuse. */
export function named({ packId, controlId }: ControlReference): { packId: string; controlId: string } {
  return { packId, controlId };
}

/** Payloads are typed mutable by their schema; the vault gets a copy anyway. */
function writable<T>(value: T): Writable<T> {
  return value as Writable<T>;
}

type Writable<T> = T extends object ? { -readonly [Key in keyof T]: Writable<T[Key]> } : T;
