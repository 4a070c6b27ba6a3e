import type { Rectangle } from 'electron';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { appOrigin } from './address.ts';
import type { JsonFile, Settings } from './settings.ts';

const smallest = { width: 880, height: 600 };
const usual = { width: 1280, height: 860 };

/**
 * Opens the window on the app's page, where it was the last time.
 * @param preload path of the bundled preload
 * @param options.hidden for the smoke test: the page loads but is never shown
 */
export function openWindow(preload: string, settings: JsonFile<Settings>, options: { readonly hidden: boolean }): BrowserWindow {
  const { bounds, maximized } = settings.read();
  const window = new BrowserWindow({
    ...usual,
    ...(bounds !== null && isOnScreen(bounds) ? bounds : {}),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Sealbook',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#ffffff',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    },
  });
  if (!options.hidden) {
    window.once('ready-to-show', () => {
      if (maximized) window.maximize();
      window.show();
    });
    window.on('close', () => {
      settings.write({ ...settings.read(), bounds: window.getNormalBounds(), maximized: window.isMaximized() });
    });
  }
  void window.loadURL(`${appOrigin}/`);
  return window;
}

/** Whether a grip of the title bar lies on a screen that is still connected. */
function isOnScreen(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const overlap = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
    return overlap >= 100 && bounds.y >= workArea.y && bounds.y < workArea.y + workArea.height - 40;
  });
}
