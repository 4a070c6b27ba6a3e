import { isAbsolute, join, normalize, relative, sep } from 'node:path';

export const appScheme = 'app';
export const appHost = 'sealbook';
export const appOrigin = `${appScheme}://${appHost}`;

/** Whether an address belongs to the app's own page. Compared part by part: a prefix test would let `app://sealbook.evil` in. */
export function isAppUrl(address: string): boolean {
  const url = parsed(address);
  return url !== null && url.protocol === `${appScheme}:` && url.host === appHost && url.username === '' && url.password === '';
}

/**
 * The file below `folder` that an address of the app stands for, or null when it is not the app's or leads out of the folder.
 * The root address is `index.html`.
 */
export function fileOfAddress(folder: string, address: string): string | null {
  if (!isAppUrl(address)) return null;
  const path = decodePath(new URL(address).pathname);
  if (path === null || path.includes('\0') || path.includes('\\')) return null;
  const file = normalize(join(folder, path === '/' ? 'index.html' : path));
  const below = relative(folder, file);
  return below === '' || below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below) ? null : file;
}

function parsed(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
