import { allCommands, type Command, keysOf } from './commands.ts';
import { isMac } from './ui/platform.ts';

/** How long the second key of a sequence such as `g w` may take, in milliseconds. */
const sequenceTime = 1500;

/** Listens for the keys of all commands. Returns the way to stop. */
export function listenToKeys(): () => void {
  let first: { key: string; at: number } | null = null;

  const listen = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
    const chord = chordOf(event);
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const waiting = first !== null && event.timeStamp - first.at < sequenceTime ? first.key : null;
    first = null;
    if (plain && isTyping(event.target)) return;
    const dialogOpen = document.querySelector('.dialog, .popover') !== null;
    const commands = allCommands().filter((command) => !dialogOpen || command.always === true);
    const command = (waiting === null ? undefined : find(commands, `${waiting} ${chord}`)) ?? find(commands, chord);
    if (command !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      command.run();
    } else if (plain && commands.some((candidate) => keysOf(candidate).some((keys) => keys.startsWith(`${chord} `)))) {
      first = { key: chord, at: event.timeStamp };
    }
  };

  // Before the components see it: their own keys work where no command has the key.
  window.addEventListener('keydown', listen, { capture: true });
  return () => window.removeEventListener('keydown', listen, { capture: true });
}

/** The command registered last wins. */
function find(commands: readonly Command[], keys: string): Command | undefined {
  return [...commands].reverse().find((command) => keysOf(command).some((candidate) => normal(candidate) === normal(keys)));
}

/** What was pressed, written as in `Command.keys`. */
function chordOf(event: KeyboardEvent): string {
  const key = event.key.replace(/^Arrow/, '');
  const parts: string[] = [];
  if (isMac ? event.metaKey : event.ctrlKey) parts.push('Mod');
  if (event.altKey) parts.push('Alt');
  // For characters the shift is already in the character itself, e.g. `?`.
  if (event.shiftKey && (key.length > 1 || parts.length > 0)) parts.push('Shift');
  return [...parts, key].join('+');
}

/** Letters compare without case in chords with a modifier, with case as single keys. */
function normal(keys: string): string {
  return keys.includes('+') && keys.length > 1 ? keys.toLowerCase() : keys;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="spinbutton"], [role="textbox"], [role="menu"]') !== null) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit', 'range', 'file'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
