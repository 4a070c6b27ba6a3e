import { statSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from '../../shared/domain/count.ts';
import type { Compaction, upkeepFeature, VaultSpace } from '../../shared/ipc/upkeep.ts';
import { assertMyPassphrase } from './access.ts';
import { announce, type CallContext, type Handlers, longWork, openSession } from './context.ts';
import { canGiveBack, giveBackSpace, pagesOf, writeAnew } from './evidence/space.ts';
import { verificationState, verifyAllEvidence } from './evidence-verification.ts';
import { yieldToOthers } from './give-way.ts';
import { chunksFile, recordsFile } from './header.ts';
import { changeVaultKey, keyState } from './key-change.ts';
import { change, requireWriter, type Session } from './session.ts';
import { appendTrail } from './trail.ts';

/** Looking after the vault itself. */
export const upkeepHandlers: Handlers<typeof upkeepFeature> = {
  'vault.verifyEvidence': async (context) => {
    const result = await verifyAllEvidence(openSession(context), context.signal, context.progress);
    announce(context, ['vault', 'evidence']);
    return result;
  },

  'vault.verificationState': (context) => verificationState(openSession(context).records),

  'vault.space': (context) => measureSpace(openSession(context)),

  'vault.compact': async (context) => {
    const session = openSession(context);
    requireWriter(session);
    const result = await compactVault(session, context.signal, context.progress);
    announce(context, ['vault']);
    return result;
  },

  'vault.keyState': (context) => keyState(openSession(context)),

  'vault.changeKey': async (context, { passphrase, remove }) => {
    const session = openSession(context);
    await assertMyPassphrase(session, passphrase);
    const state = await changeVaultKey(session, remove, longWork(context));
    announce(context, ['vault', 'people']);
    return state;
  },
};

/** Sizes of the vault's files and what of them holds nothing. */
export function measureSpace(session: Session): VaultSpace {
  const { pageSize, unused } = pagesOf(session.chunks);
  const size = (file: string) => statSync(join(session.folder, file)).size;
  return { records: size(recordsFile), evidence: size(chunksFile), unused: unused * pageSize };
}

/**
 * Gives unused room back to the disk while other calls are answered. A chunk file of the first Sealbook is written anew once, for
 * which other calls wait. Errors: `disk.full`, `vault.busy`; the vault is whole after both.
 */
export async function compactVault(session: Session, signal: AbortSignal, report: CallContext['progress']): Promise<Compaction> {
  const before = measureSpace(session);
  const onBytes = (done: number, total: number) => report({ label: '', done, total, unit: 'bytes' });
  onBytes(0, before.unused);
  await yieldToOthers();
  if (before.unused > 0 && !canGiveBack(session.chunks)) writeAnew(session.chunks, session.folder);
  const stepwise = await giveBackSpace(session.chunks, signal, onBytes);
  const after = measureSpace(session);
  const givenBack = Math.max(stepwise, before.evidence - after.evidence);
  if (givenBack > 0)
    change(session, (tx) =>
      appendTrail(tx, {
        action: 'vault.compacted',
        subjectKind: 'vault',
        subjectId: session.vaultId,
        detail: `${counted(givenBack, 'byte')} given back`,
      }),
    );
  return { givenBack, finished: after.unused === 0 };
}
