import { shell } from './bridge.ts';
import { createStore } from './store.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];

const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');

/** The chosen theme and density, kept in this computer's settings and not in the vault. */
export const theme = createStore<Theme>(stored('theme', themes, 'system'));
export const density = createStore<Density>(stored('density', densities, 'comfortable'));

/** Applies what was chosen and follows the system while nothing is. Called once, before the first drawing. */
export function startAppearance(): void {
  systemIsDark.addEventListener('change', apply);
  apply();
}

export function setTheme(next: Theme): void {
  theme.set(next);
  localStorage.setItem('theme', next);
  apply();
  // The native menus and dialogs follow; the window itself does not depend on it.
  shell('setTheme', { theme: next }).catch(() => undefined);
}

export function setDensity(next: Density): void {
  density.set(next);
  localStorage.setItem('density', next);
  apply();
}

function apply(): void {
  const dark = theme.get() === 'dark' || (theme.get() === 'system' && systemIsDark.matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.documentElement.dataset.density = density.get();
}

function stored<Value extends string>(key: string, allowed: readonly Value[], otherwise: Value): Value {
  const value = localStorage.getItem(key);
  return allowed.find((candidate) => candidate === value) ?? otherwise;
}
