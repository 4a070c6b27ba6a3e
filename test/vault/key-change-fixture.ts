import { readdirSync } from 'node:fs';
import { expect } from 'vitest';
import type { EvidenceId, PersonId } from '../../shared/domain/ids.ts';
import { attach, newAudit, passphrase, riskAnalysis, type TestVault } from './fixture.ts';
import { ben, save } from './helpers.ts';

/** A vault with a piece of evidence, an answer and a second person. */
export async function filled() {
  const { vault, auditId } = await newAudit();
  const evidenceId = (await attach(vault, auditId, 'a.txt', 'the content', [riskAnalysis])).evidence?.id as EvidenceId;
  await save(vault, auditId, riskAnalysis, { rationale: 'before' });
  const added = await vault.call('people.add', { ...ben, role: 'auditor' });
  return { vault, auditId, evidenceId, benId: added.person.id, benCode: added.recoveryCode };
}

export const changeKey = (vault: TestVault, remove: PersonId[] = []) => vault.call('vault.changeKey', { passphrase, remove });

/** Everything that has to hold of a vault, whichever key it has. */
export async function expectWhole(vault: TestVault, evidenceId: EvidenceId) {
  expect((await vault.call('vault.check', undefined)).problems).toEqual([]);
  expect(await vault.call('evidence.verify', { evidenceId })).toMatchObject({ ok: true });
  expect(await vault.call('trail.verify', undefined)).toMatchObject({ ok: true });
}

/** What lies in the folder beside the vault's own files. */
export const besides = (folder: string) => readdirSync(folder).filter((file) => file.includes('next') || file.includes('part'));
