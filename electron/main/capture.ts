import type { BrowserWindow, DesktopCapturerSource, Size } from 'electron';
import { desktopCapturer, screen, systemPreferences } from 'electron';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { Capture, CaptureSource } from '../../shared/ipc/shell.ts';

/**
 * Pictures of screens and windows. The page chooses by a small picture and gets a large one; it never gets a stream, and asks for no
 * permission of the browser.
 */
export interface Captures {
  readonly sources: () => Promise<CaptureSource[]>;
  readonly take: (wish: { readonly id: string; readonly hideOwnWindow: boolean; readonly delay: number }) => Promise<Capture>;
}

/** Pixels of the small pictures. */
const small: Size = { width: 320, height: 200 };
/** Sources that are shown; nobody chooses among more. */
const mostSources = 60;
/** Milliseconds until a window that was hidden is gone from the screen. */
const hidingTime = 400;

export function createCaptures(window: () => BrowserWindow | null): Captures {
  return {
    async sources() {
      const found = await list(['screen', 'window'], small);
      return found
        .filter(({ thumbnail }) => !thumbnail.isEmpty())
        .slice(0, mostSources)
        .map(({ id, name, thumbnail }) => ({ id, name: name.slice(0, 300), kind: kindOf(id), thumbnail: thumbnail.toPNG() }));
    },
    async take({ id, hideOwnWindow, delay }) {
      const own = window();
      const hidden = hideOwnWindow && own !== null && !own.isMinimized();
      if (hidden) own.minimize();
      try {
        await pause(delay * 1000 + (hidden ? hidingTime : 0));
        const takenAt = new Date().toISOString();
        const source = (await list([kindOf(id)], largest())).find((candidate) => candidate.id === id);
        if (source === undefined || source.thumbnail.isEmpty()) throw new ExpectedError('capture.gone', 'Choose another one.');
        return { name: source.name.slice(0, 300), bytes: source.thumbnail.toPNG(), takenAt };
      } finally {
        if (hidden && !own.isDestroyed()) {
          own.restore();
          own.focus();
        }
      }
    },
  };
}

async function list(types: ('screen' | 'window')[], thumbnailSize: Size): Promise<DesktopCapturerSource[]> {
  // macOS answers with pictures of the empty desktop until it is allowed.
  if (process.platform === 'darwin' && ['denied', 'restricted'].includes(systemPreferences.getMediaAccessStatus('screen'))) throw refused();
  let found: DesktopCapturerSource[];
  try {
    found = await desktopCapturer.getSources({ types, thumbnailSize, fetchWindowIcons: false });
  } catch {
    throw refused();
  }
  if (found.length === 0) throw refused();
  return found;
}

function refused(): ExpectedError {
  const hint =
    process.platform === 'darwin'
      ? 'Allow Sealbook under System Settings, Privacy & Security, Screen Recording, and start it again. Or take a screenshot with the system and paste it.'
      : 'Take a screenshot with the system and paste it here. Under Wayland the system asks each time and may have been told no.';
  return new ExpectedError('capture.refused', hint);
}

function kindOf(id: string): 'screen' | 'window' {
  return id.startsWith('window:') ? 'window' : 'screen';
}

/** Pixels that hold every screen: a source is never drawn larger than it is. */
function largest(): Size {
  const displays = screen
    .getAllDisplays()
    .map(({ size, scaleFactor }) => ({ width: size.width * scaleFactor, height: size.height * scaleFactor }));
  return {
    width: Math.ceil(Math.max(1, ...displays.map(({ width }) => width))),
    height: Math.ceil(Math.max(1, ...displays.map(({ height }) => height))),
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
