import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Session } from 'electron';
import { protocol } from 'electron';
import { appScheme, fileOfAddress } from './address.ts';
import { contentSecurityPolicy } from './policy.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** Declares `app:` as a standard, secure scheme. Must happen before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Serves the files of one folder, and nothing else, at `app://sealbook/`. */
export function serveApp(session: Session, folder: string): void {
  session.protocol.handle(appScheme, async (request) => {
    const file = request.method === 'GET' ? fileOfAddress(folder, request.url) : null;
    if (file === null) return new Response('Refused', { status: 403, headers });
    try {
      const bytes = await readFile(file);
      const mediaType = mediaTypes[extname(file)] ?? 'application/octet-stream';
      return new Response(new Uint8Array(bytes), { headers: { ...headers, 'Content-Type': mediaType } });
    } catch {
      return new Response('Not found', { status: 404, headers });
    }
  });
}
