import { useEffect, useRef } from 'react';
import { createStore } from './store.ts';

/**
 * One thing the auditor can do. `keys` is a single key (`j`, `?`), a sequence (`g w`) or a chord (`Mod+K`, `Alt+Left`);
 * `Mod` is Cmd on a Mac and Ctrl elsewhere. Single keys and sequences never fire while somebody types.
 */
export interface Command {
  /** Unique; also the name by which the menu of the shell calls it. */
  readonly id: string;
  readonly title: string;
  readonly keys?: string | readonly string[];
  readonly run: () => void;
  /** Heading in the palette and in the sheet of keys. */
  readonly group?: string;
  /** Also while a dialog is open. */
  readonly always?: boolean;
  /** Not listed in the palette; still in the sheet of keys. */
  readonly hidden?: boolean;
}

/** What is registered now, later registrations last (they win when two ask for the same keys). */
export const registered = createStore<readonly (readonly Command[])[]>([]);

/** All commands, each id once. */
export function allCommands(): Command[] {
  const byId = new Map<string, Command>();
  for (const command of registered.get().flat()) byId.set(command.id, command);
  return [...byId.values()];
}

/** Runs the command with this id, if it exists now. Says whether it did. */
export function runCommand(id: string): boolean {
  const command = allCommands().find((candidate) => candidate.id === id);
  command?.run();
  return command !== undefined;
}

/**
 * Registers commands while the component is shown. The list may be made anew on every render: the newest `run` is used,
 * and the registration only changes when ids, titles or keys do.
 */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  const shape = JSON.stringify(commands.map(({ id, title, keys, group, always, hidden }) => [id, title, keys, group, always, hidden]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape stands for the list, which is new on every render
  useEffect(() => {
    const stable = latest.current.map((command) => ({
      ...command,
      run: () => latest.current.find((candidate) => candidate.id === command.id)?.run(),
    }));
    registered.set([...registered.get(), stable]);
    return () => registered.set(registered.get().filter((list) => list !== stable));
  }, [shape]);
}

/** The key combinations of a command as a list. */
export function keysOf(command: Command): readonly string[] {
  if (command.keys === undefined) return [];
  return typeof command.keys === 'string' ? [command.keys] : command.keys;
}
