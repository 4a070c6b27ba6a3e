import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderInWorker } from '../../../electron/vault/report/render/in-worker.ts';
import { CancelledError } from '../../../shared/ipc/errors.ts';
import { fontsDirectory, inTemporaryFolder, render } from './fixtures.ts';
import { sampleModel } from './sample-model.ts';

const workerPath = join(import.meta.dirname, '../../../electron/vault/report/render/worker.ts');

describe('rendering in a worker', () => {
  test('gives the same bytes as rendering here', async () => {
    const model = sampleModel();
    const [there, here] = await Promise.all([renderInWorker(model, { workerPath, fontsDirectory }), render(model)]);
    expect(Buffer.compare(there.bytes, here.bytes)).toBe(0);
    expect(there.pages).toBe(here.pages);
    expect(there.signatureBox).toEqual(here.signatureBox);
  });

  test('ends at once when it is cancelled, before and during the work', async () => {
    const options = { workerPath, fontsDirectory };
    await expect(renderInWorker(sampleModel(), { ...options, signal: AbortSignal.abort() })).rejects.toThrow(CancelledError);
    const controller = new AbortController();
    const pending = renderInWorker(sampleModel({ controls: 600 }), { ...options, signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await expect(pending).rejects.toThrow(CancelledError);
  });

  test('hands errors of the worker on', async () => {
    await expect(renderInWorker(sampleModel(), { workerPath, fontsDirectory: '/nowhere' })).rejects.toThrow('font is missing');
    await inTemporaryFolder(async (folder) => {
      const silent = join(folder, 'silent.mjs');
      writeFileSync(silent, '');
      await expect(renderInWorker(sampleModel(), { workerPath: silent, fontsDirectory })).rejects.toThrow('ended with code 0');
    });
  });
});
