import { expect, it } from 'vitest';
import { createObject, isWrappedUnder } from '../../electron/vault/evidence/store.ts';
import { insertObject } from '../../electron/vault/evidence-attach.ts';
import { change } from '../../electron/vault/session.ts';
import { appendTrail } from '../../electron/vault/trail.ts';
import { newVault, passphrase } from './fixture.ts';
import { sessionOf } from './helpers.ts';

it('a change of the key reaches every object and every link of the trail, also of more than are taken at a time', async () => {
  const vault = await newVault();
  const { chunks, keys, vaultId } = sessionOf(vault);
  const before = Buffer.from(keys.evidence);
  const objects = Array.from({ length: 5003 }, (_, index) => {
    const writer = createObject(chunks, before);
    writer.write(Buffer.from(`content ${index}`));
    return writer.finish();
  });
  change(sessionOf(vault), (tx) => {
    for (const object of objects) {
      insertObject(tx, object);
      appendTrail(tx, { action: 'vault.key-changed', subjectKind: 'vault', subjectId: vaultId });
    }
  });
  await vault.call('vault.changeKey', { passphrase, remove: [] });
  const { records, keys: anew } = sessionOf(vault);
  const wrapped = records.all<{ id: string; wrappedKey: Uint8Array }>({
    text: 'SELECT id, wrapped_key AS wrappedKey FROM evidence_object',
    values: [],
  });
  expect(wrapped).toHaveLength(objects.length);
  expect(wrapped.filter((object) => !isWrappedUnder(object, anew.evidence))).toEqual([]);
  expect(wrapped.filter((object) => isWrappedUnder(object, before))).toEqual([]);
  expect(await vault.call('trail.verify', undefined)).toMatchObject({ ok: true });
});
