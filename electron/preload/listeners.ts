/** Those who want to hear of something. */
export interface Listeners<Event> {
  /** Adds a listener; the returned function takes it out again. */
  readonly add: (listener: (event: Event) => void) => () => void;
  readonly emit: (event: Event) => void;
}

export function createListeners<Event>(): Listeners<Event> {
  const listeners = new Map<symbol, (event: Event) => void>();
  return {
    add(listener) {
      const key = Symbol('listener');
      listeners.set(key, listener);
      return () => {
        listeners.delete(key);
      };
    },
    emit(event) {
      for (const listener of [...listeners.values()]) listener(event);
    },
  };
}
