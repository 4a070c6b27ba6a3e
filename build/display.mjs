// How to start a window here: with or without a display, as root or not.
import { say } from './project.mjs';

/** Whether there is a screen to open a window on. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

/** The virtual screen's command, to be put in front of a program that opens windows. */
export const virtualScreen = ['xvfb-run', '-a', '-s', '-screen 0 1440x1000x24'];

/**
 * The command line that opens the app.
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {readonly string[]} appArguments
 * @returns {{ command: string, args: string[], env: NodeJS.ProcessEnv }}
 */
export function electronCommand(runtime, appArguments) {
  const command = [runtime.executable, ...runtime.appArguments, '--log-level=3', ...appArguments];
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    say('Started as root: Chromium refuses its sandbox then, so it runs without (--no-sandbox). Use an ordinary user for real work.');
    command.push('--no-sandbox');
  }
  if (!hasDisplay()) {
    say('There is no display: the window opens on a virtual one (Xvfb) and cannot be seen. Ctrl+C ends it.');
    command.unshift(...virtualScreen);
  }
  const [first = '', ...args] = command;
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  return { command: first, args, env };
}
