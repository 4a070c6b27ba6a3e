import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { z } from 'zod';
import type { ShellInformation } from '../../shared/ipc/shell.ts';

/** The Electron version the product is made for; put in by the bundler. */
declare const ELECTRON_TARGET: string;

const licences = z.array(z.object({ name: z.string(), version: z.string(), licence: z.string() }));

/** Versions, and the licences of everything that ships, as listed when the app was bundled. @param assets the dist folder */
export function information(assets: string): ShellInformation {
  return {
    version: app.getVersion(),
    electron: process.versions.electron,
    platform: `${process.platform}-${process.arch}`,
    developmentRuntime: process.versions.electron !== ELECTRON_TARGET,
    licences: licences.parse(JSON.parse(readFileSync(join(assets, 'licences.json'), 'utf8'))),
  };
}
