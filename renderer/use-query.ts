import { useCallback, useEffect, useRef, useState } from 'react';
import type { MethodName, Payload, Result, Topic } from '../shared/ipc/contract.ts';
import { call, onChanged } from './bridge.ts';

/** What a screen knows of an answer. `data` stays while it is asked for again, so that nothing flickers. */
export interface Query<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  /** True while there is nothing to show yet. */
  readonly loading: boolean;
  readonly reload: () => void;
}

interface Held<T> {
  readonly key: string;
  readonly data: T | undefined;
  readonly error: unknown;
}

/**
 * Asks the vault and asks again when one of the topics changed. A null payload asks nothing. With another payload the
 * old data goes at once, unless `keepPrevious` says that it may stay until the new arrives.
 */
export function useQuery<Name extends MethodName>(
  name: Name,
  payload: Payload<Name> | null,
  topics: readonly Topic[],
  options: { readonly keepPrevious?: boolean } = {},
): Query<Result<Name>> {
  const key = payload === null ? '' : `${name} ${JSON.stringify(payload ?? null)}`;
  const [held, setHeld] = useState<Held<Result<Name>>>({ key: '', data: undefined, error: null });
  const payloadNow = useRef(payload);
  payloadNow.current = payload;
  const reloadNow = useRef<() => void>(() => undefined);
  const topicKey = topics.join(' ');

  useEffect(() => {
    if (key === '') return undefined;
    let stopped = false;
    let running = false;
    let again = false;
    const load = async (): Promise<void> => {
      if (running) {
        again = true;
        return;
      }
      running = true;
      try {
        const data = await callAny(name, payloadNow.current);
        if (!stopped) setHeld({ key, data, error: null });
      } catch (error) {
        if (!stopped) setHeld((before) => ({ key, data: before.key === key ? before.data : undefined, error }));
      }
      running = false;
      if (again && !stopped) {
        again = false;
        void load();
      }
    };
    reloadNow.current = () => void load();
    void load();
    const auditId = auditOf(payloadNow.current);
    const stopListening = onChanged(topicKey.split(' ') as Topic[], auditId, () => void load());
    return () => {
      stopped = true;
      stopListening();
    };
  }, [name, key, topicKey]);

  const reload = useCallback(() => reloadNow.current(), []);
  const current = held.key === key;
  const data = key !== '' && (current || options.keepPrevious === true) ? held.data : undefined;
  const error = current ? held.error : null;
  return { data, error, loading: key !== '' && data === undefined && error === null, reload };
}

function callAny<Name extends MethodName>(name: Name, payload: unknown): Promise<Result<Name>> {
  return (call as (name: Name, payload: unknown) => Promise<Result<Name>>)(name, payload);
}

function auditOf(payload: unknown): string | null {
  if (typeof payload !== 'object' || payload === null || !('auditId' in payload)) return null;
  return typeof payload.auditId === 'string' ? payload.auditId : null;
}
