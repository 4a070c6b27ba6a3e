/** Whether `Mod` means Cmd. */
export const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

const shown: Readonly<Record<string, string>> = {
  Mod: isMac ? '⌘' : 'Ctrl',
  Alt: isMac ? '⌥' : 'Alt',
  Shift: isMac ? '⇧' : 'Shift',
  Left: '←',
  Right: '→',
  Up: '↑',
  Down: '↓',
  Enter: '↵',
  Escape: 'Esc',
};

/** `Mod+K` as the keys somebody sees on this computer: one entry per key, sequences in order. */
export function shownKeys(keys: string): string[] {
  return keys.split(' ').map((chord) =>
    chord
      .split(/\+(?=.)/)
      .map((key) => shown[key] ?? key)
      .join(isMac ? '' : '+'),
  );
}
