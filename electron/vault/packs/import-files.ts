import type { ImportFile, ImportReading } from '../../../shared/checklists/import.ts';
import { type JudgeOptions, refusePack } from '../../../shared/checklists/judge.ts';
import { hashPack } from '../../../shared/checklists/loader.ts';
import type { KnownControls } from '../../../shared/checklists/wording.ts';
import { isoToday } from '../audit-repo.ts';
import type { Reader } from '../reader/queue.ts';
import { readChecklist } from '../reader-client.ts';
import { isPackSignature } from './signature.ts';

/** Reads one checklist from picked files. The reader takes them apart; whether a signature holds is found out here. */
export async function importFiles(
  reader: Reader,
  files: readonly ImportFile[],
  known: KnownControls,
  rules: JudgeOptions['rules'],
  signal: AbortSignal,
): Promise<ImportReading> {
  const { origin, reading } = await readChecklist(reader, files, { known, today: isoToday(), rules }, signal);
  if (!reading.ok || reading.signature === null || isPackSignature(hashPack(reading.content), reading.signature))
    return { origin, reading };
  // A signature that does not hold is worse than none.
  const objection = 'The signature does not fit the checklist: it was changed after it was signed, or signed by someone else.';
  return { origin, reading: refusePack(files[0]?.name ?? '', objection) };
}
