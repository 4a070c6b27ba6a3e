import { basename } from 'node:path';
import type { ClosedVault, OpenVault, SlotPerson, vaultFeature } from '../../shared/ipc/vault.ts';
import { assertMyPassphrase, replaceMySlot } from './access.ts';
import { attemptState } from './attempts.ts';
import { announce, type CallContext, type Handlers, longWork, openSession, takeFile } from './context.ts';
import { newRecoveryCode } from './crypto/recovery.ts';
import { sql } from './db/sql.ts';
import { abandonUploads } from './evidence-uploads.ts';
import { readHeader, type VaultHeader } from './header.ts';
import { change, type Session } from './session.ts';
import { estimateStrength, requireStrong } from './strength.ts';
import { appendTrail } from './trail.ts';
import { checkVault } from './vault-check.ts';
import { createVault } from './vault-create.ts';
import { closeVault, readSetting, unlockVault } from './vault-file.ts';

/** Opening, creating and looking after the vault itself. */
export const vaultHandlers: Handlers<typeof vaultFeature> = {
  'vault.inspect': (context, { token }) => {
    const folder = takeFile(context, token, 'vault');
    return describeClosed(folder, readHeader(folder));
  },

  'vault.unlock': async (context, { token, personId, passphrase }) => {
    const folder = takeFile(context, token, 'vault');
    return adopt(context, await unlockVault({ folder, personId, secret: { kind: 'passphrase', text: passphrase } }));
  },

  'vault.recover': async (context, { token, personId, code, newPassphrase }) => {
    const folder = takeFile(context, token, 'vault');
    requireStrong(newPassphrase, [basename(folder)]);
    const session = await unlockVault({ folder, personId, secret: { kind: 'recovery', text: code } });
    try {
      await replaceMySlot(session, 'passphrase', newPassphrase, context.process.kdf);
    } catch (error) {
      closeVault(session);
      throw error;
    }
    return adopt(context, session);
  },

  'vault.create': async (context, { token, name, person, passphrase }) => {
    requireStrong(passphrase, [name, person.name, person.email]);
    const folder = takeFile(context, token, 'new-vault');
    const { session, recoveryCode } = await createVault({ folder, name, person, passphrase, kdf: context.process.kdf });
    context.process.files.set(token, { path: folder, purpose: 'vault' });
    return { vault: adopt(context, session), recoveryCode };
  },

  'vault.strength': (_context, { passphrase, userInputs }) => estimateStrength(passphrase, userInputs),

  'vault.current': (context) => (context.process.session === null ? null : describeOpen(context.process.session)),

  'vault.changePassphrase': async (context, { current, next }) => {
    const session = openSession(context);
    await assertMyPassphrase(session, current);
    requireStrong(next, [session.name, session.me.name, session.me.email]);
    await replaceMySlot(session, 'passphrase', next, context.process.kdf);
    announce(context, ['vault']);
    return null;
  },

  'vault.newRecoveryCode': async (context, { passphrase }) => {
    const session = openSession(context);
    await assertMyPassphrase(session, passphrase);
    const recoveryCode = newRecoveryCode();
    await replaceMySlot(session, 'recovery', recoveryCode, context.process.kdf);
    announce(context, ['vault']);
    return { recoveryCode };
  },

  'vault.setAutoLock': (context, { minutes }) => {
    const session = openSession(context);
    change(session, (tx) => {
      tx.database.run(
        sql`INSERT INTO setting (name, value) VALUES ('auto-lock-minutes', ${String(minutes)}) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      );
      appendTrail(tx, { action: 'vault.auto-lock', subjectKind: 'vault', subjectId: session.vaultId, detail: `${minutes} minutes` });
    });
    announce(context, ['vault']);
    return null;
  },

  'vault.check': (context) => checkVault(openSession(context), longWork(context)),
};

/** Makes a session the process's open vault. A vault that was open before is closed. */
function adopt(context: CallContext, session: Session): OpenVault {
  // Half-sent files belong to the vault before; what of their chunks is durable is collected when it is opened again.
  abandonUploads(context.process.uploads);
  if (context.process.session !== null) closeVault(context.process.session);
  context.process.session = session;
  return describeOpen(session);
}

function describeOpen(session: Session): OpenVault {
  const minutes = Number(readSetting(session.records, 'auto-lock-minutes') ?? '15');
  return { id: session.vaultId, name: session.name, me: session.me, autoLockMinutes: minutes, recovered: session.recovered };
}

/** Who can open a closed vault, and how long each has to wait. */
export function describeClosed(folder: string, header: VaultHeader): ClosedVault {
  const people = new Map<string, SlotPerson>();
  for (const slot of header.slots) {
    const { failed, retryAt } = attemptState(folder, slot.personId);
    const known = people.get(slot.personId);
    people.set(slot.personId, {
      id: slot.personId,
      name: slot.personName,
      failedAttempts: failed,
      retryAt: retryAt === null ? null : new Date(retryAt).toISOString(),
      hasRecovery: slot.kind === 'recovery' || known?.hasRecovery === true,
    });
  }
  return { id: header.vaultId, name: header.name, people: [...people.values()] };
}
