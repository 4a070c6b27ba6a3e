import type { StartReader } from './queue.ts';

/** A port of a line between two processes, as Electron gives it. */
export interface ReaderPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  start(): void;
  close(): void;
}

/** What the vault tells main about readers, which only main can start. */
export type ReaderWish = { readonly type: 'reader-start' | 'reader-end'; readonly number: number };

/** Readers of the app: main starts and ends them, and hands over one end of a line to each. */
export interface AppReaders {
  readonly start: StartReader;
  /** Main sent the vault's end of the line to a reader. */
  arrived(number: number, port: ReaderPort): void;
  /** Main saw a reader end. */
  gone(number: number): void;
}

export function appReaders(tell: (wish: ReaderWish) => void): AppReaders {
  const running = new Map<number, { port: ReaderPort | null; readonly waiting: unknown[]; readonly events: Parameters<StartReader>[0] }>();
  let numbers = 0;
  return {
    start(events) {
      numbers += 1;
      const number = numbers;
      running.set(number, { port: null, waiting: [], events });
      tell({ type: 'reader-start', number });
      return {
        post(message) {
          const reader = running.get(number);
          if (reader?.port == null) reader?.waiting.push(message);
          else reader.port.postMessage(message);
        },
        end() {
          running.get(number)?.port?.close();
          running.delete(number);
          tell({ type: 'reader-end', number });
        },
      };
    },
    arrived(number, port) {
      const reader = running.get(number);
      if (reader === undefined) {
        port.close();
        return;
      }
      reader.port = port;
      port.on('message', ({ data }) => reader.events.message(data));
      port.start();
      for (const message of reader.waiting.splice(0)) port.postMessage(message);
    },
    gone(number) {
      const reader = running.get(number);
      running.delete(number);
      reader?.events.gone();
    },
  };
}
