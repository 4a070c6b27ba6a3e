import { join } from 'node:path';
import { app, session } from 'electron';
import { createBroker } from './broker.ts';
import { restrictSession } from './policy.ts';
import { serveApp } from './protocol.ts';
import { jsonFile, settingsSchema } from './settings.ts';
import { openWindow } from './window.ts';

/**
 * Proves that the packaged app works: its page loads, and its vault process builds, signs and exports. Prints one line of JSON
 * and ends with code 0, or says what failed and ends with 1.
 * @param assets the dist folder
 * @param folder where the report goes
 */
export async function runSmokeTest(assets: string, folder: string): Promise<void> {
  const settings = jsonFile(join(app.getPath('userData'), 'settings.json'), settingsSchema, {});
  restrictSession(session.defaultSession);
  serveApp(session.defaultSession, join(assets, 'renderer'));
  const broker = createBroker(assets, () => console.error('The vault process died.'));
  const { webContents } = openWindow(join(assets, 'preload.cjs'), settings, { hidden: true });
  try {
    const loaded = new Promise<void>((resolve, reject) => {
      webContents.once('did-finish-load', () => resolve());
      webContents.once('did-fail-load', (_event, _code, problem) => reject(new Error(`The page did not load: ${problem}`)));
    });
    const [report] = await Promise.all([broker.smoke(folder), loaded]);
    console.log(JSON.stringify({ smoke: 'ok', electron: process.versions.electron, report }));
    broker.stop();
    app.exit(0);
  } catch (error) {
    console.error(`Smoke test failed: ${String(error)}`);
    broker.stop();
    app.exit(1);
  }
}
