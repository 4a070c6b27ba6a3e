import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Command } from '../../../renderer/commands.ts';
import { registered } from '../../../renderer/commands.ts';
import { listenToKeys } from '../../../renderer/keyboard.ts';

/** As much of the document as the listener looks at. */
class FakeElement {
  isContentEditable = false;
  readonly role: string;
  readonly type: string;

  constructor({ role = '', type = 'text' } = {}) {
    this.role = role;
    this.type = type;
  }

  closest(selector: string): FakeElement | null {
    return this.role !== '' && selector.includes(`"${this.role}"`) ? this : null;
  }
}
class FakeInput extends FakeElement {}
class FakeTextArea extends FakeElement {}
class FakeSelect extends FakeElement {}

let dialog: object | null = null;
let listener: (event: unknown) => void = () => undefined;
let stop: () => void = () => undefined;
let clock = 0;

beforeEach(() => {
  clock = 0;
  dialog = null;
  vi.stubGlobal('HTMLElement', FakeElement);
  vi.stubGlobal('HTMLInputElement', FakeInput);
  vi.stubGlobal('HTMLTextAreaElement', FakeTextArea);
  vi.stubGlobal('HTMLSelectElement', FakeSelect);
  vi.stubGlobal('document', { querySelector: () => dialog });
  vi.stubGlobal('window', {
    addEventListener: (_type: string, listen: typeof listener) => (listener = listen),
    removeEventListener: () => (listener = () => undefined),
  });
  stop = listenToKeys();
});
afterEach(() => {
  stop();
  registered.set([]);
  vi.unstubAllGlobals();
});

/** Registers a command of which the runs are counted. */
function command(id: string, keys: string | string[], change: Partial<Command> = {}) {
  const run = vi.fn();
  registered.set([...registered.get(), [{ id, title: id, keys, run, ...change }]]);
  return run;
}

/** Presses a key; returns whether the window took it. */
function press(key: string, change: object = {}): boolean {
  const preventDefault = vi.fn();
  const event = {
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    defaultPrevented: false,
    isComposing: false,
    target: new FakeElement(),
    timeStamp: clock,
    preventDefault,
    stopPropagation: () => undefined,
    ...change,
  };
  listener(event);
  return preventDefault.mock.calls.length > 0;
}

describe('keys', () => {
  test('a single key runs its command and is taken; another is left alone', () => {
    const next = command('next', 'j');
    expect(press('j')).toBe(true);
    expect(press('x')).toBe(false);
    expect(next).toHaveBeenCalledTimes(1);
  });

  test('single keys tell upper from lower case; chords do not', () => {
    const lower = command('lower', 'j');
    const undo = command('undo', 'Mod+Z');
    const redo = command('redo', 'Mod+Shift+Z');
    press('J', { shiftKey: true });
    expect(lower).not.toHaveBeenCalled();
    press('z', { ctrlKey: true });
    press('Z', { ctrlKey: true, shiftKey: true });
    expect(undo).toHaveBeenCalledTimes(1);
    expect(redo).toHaveBeenCalledTimes(1);
  });

  test('a character that needs the shift key is named by itself', () => {
    const help = command('help', '?');
    press('?', { shiftKey: true });
    expect(help).toHaveBeenCalledTimes(1);
  });

  test('arrows are named without their first word', () => {
    const back = command('back', 'Alt+Left');
    press('ArrowLeft', { altKey: true });
    expect(back).toHaveBeenCalledTimes(1);
  });

  test('two keys in a row are one command, and the second key alone is another', () => {
    const go = command('go', 'g w');
    const wait = command('wait', 'w');
    press('g');
    press('w');
    expect(go).toHaveBeenCalledTimes(1);
    press('w');
    expect(wait).toHaveBeenCalledTimes(1);
  });

  test('the second key may not take longer than a second and a half, nor have another between', () => {
    const go = command('go', 'g w');
    press('g');
    clock += 1500;
    press('w');
    press('g');
    press('x');
    press('w');
    expect(go).not.toHaveBeenCalled();
    press('g');
    clock += 1499;
    press('w');
    expect(go).toHaveBeenCalledTimes(1);
  });

  test('a modifier pressed between does not break the sequence', () => {
    const go = command('go', 'g ?');
    press('g');
    press('Shift', { shiftKey: true });
    press('?', { shiftKey: true });
    expect(go).toHaveBeenCalledTimes(1);
  });

  test('single keys are text while somebody types; chords are not', () => {
    const next = command('next', 'j');
    const lock = command('lock', 'Mod+L');
    for (const target of [new FakeInput(), new FakeTextArea(), new FakeSelect(), new FakeElement({ role: 'spinbutton' })]) {
      expect(press('j', { target })).toBe(false);
      press('l', { target, ctrlKey: true });
    }
    expect(next).not.toHaveBeenCalled();
    expect(lock).toHaveBeenCalledTimes(4);
  });

  test('a checkbox or a radio button is not typing', () => {
    const next = command('next', 'j');
    press('j', { target: new FakeInput({ type: 'checkbox' }) });
    press('j', { target: new FakeInput({ type: 'radio' }) });
    expect(next).toHaveBeenCalledTimes(2);
  });

  test('only what works always works while a dialog is open', () => {
    const next = command('next', 'j');
    const lock = command('lock', 'Mod+L', { always: true });
    dialog = {};
    press('j');
    press('l', { ctrlKey: true });
    expect(next).not.toHaveBeenCalled();
    expect(lock).toHaveBeenCalledTimes(1);
  });

  test('the command registered last wins', () => {
    const frame = command('frame', 'j');
    const screen = command('screen', 'j');
    press('j');
    expect(frame).not.toHaveBeenCalled();
    expect(screen).toHaveBeenCalledTimes(1);
  });

  test('keys that were taken already, and those of an input method, are left alone', () => {
    const next = command('next', 'j');
    press('j', { defaultPrevented: true });
    press('j', { isComposing: true });
    expect(next).not.toHaveBeenCalled();
  });
});
