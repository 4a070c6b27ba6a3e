import type { Session, WebContents } from 'electron';
import { app } from 'electron';
import { appOrigin, isAppUrl } from './address.ts';

/**
 * What the window may load: its own files and nothing else. Inline style attributes are allowed because the positions of
 * popovers and of virtual list rows are computed; inline style sheets and scripts are not.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' blob: data:",
  'media-src blob:',
  "font-src 'self' blob: data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types sealbook default',
].join('; ');

/** Chromium switches that keep the network service from ever opening a socket. Set before the app is ready. */
export function switchNetworkOff(): void {
  // A target that is no valid host name makes every look-up fail, addresses and localhost included, without asking a name server.
  // Current Chromium knows this one by name; 114, whose own word was ~NOTFOUND, refuses it in the same way.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ^NOTFOUND');
  app.commandLine.appendSwitch('no-proxy-server');
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'disable-sync',
    'no-pings',
    'disable-breakpad',
    'disable-http-cache',
  ]) {
    app.commandLine.appendSwitch(name);
  }
  app.commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp');
}

/** Schemes that never leave the machine: our own pages, bytes made by the page itself, and the developer tools of a test build. */
const localSchemes = new Set(['app:', 'blob:', 'data:', 'devtools:']);

/** Refuses every permission but that of the copy buttons, every request off the machine, and downloads. */
export function restrictSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => answer(isCopying(permission, details)));
  session.setPermissionCheckHandler((_contents, permission, _origin, details) => isCopying(permission, details));
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !localSchemes.has(new URL(details.url).protocol) });
  });
  session.on('will-download', (event) => event.preventDefault());
}

/** Whether our own page wants to put text on the clipboard. Reading the clipboard is another permission, and is refused. */
function isCopying(permission: string, { isMainFrame, requestingUrl }: { isMainFrame: boolean; requestingUrl?: string }): boolean {
  return permission === 'clipboard-sanitized-write' && isMainFrame && requestingUrl !== undefined && isAppUrl(requestingUrl);
}

/** Keeps a page where it is: no navigation, no further windows, no embedded pages. */
export function restrictContents(contents: WebContents): void {
  // Loading its own page anew is the one way a page may go.
  contents.on('will-frame-navigate', (event) => {
    if (!(event.isMainFrame && event.url === `${appOrigin}/`)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
