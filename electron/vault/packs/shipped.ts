import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPackFromYaml } from '../../../shared/checklists/loader.ts';
import type { Pack, PackSummary } from '../../../shared/domain/control.ts';
import { ExpectedError } from '../../../shared/ipc/errors.ts';

/** The checklists that ship. The build compiles the YAML to JSON once; from source the YAML itself is read. */
const cache = new Map<string, readonly Pack[]>();

/** Every shipped checklist found in a folder of `.json` (compiled) or `.yaml` files, by id. */
export function loadShippedPacks(folder: string): readonly Pack[] {
  const cached = cache.get(folder);
  if (cached !== undefined) return cached;
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  const packs = files.flatMap((file) => {
    if (file.endsWith('.json') && file !== 'tsconfig.json') return [JSON.parse(readFileSync(join(folder, file), 'utf8')) as Pack];
    return file.endsWith('.yaml') ? [loadPackFromYaml(readFileSync(join(folder, file), 'utf8'), file)] : [];
  });
  cache.set(folder, packs);
  return packs;
}

/** One shipped checklist or `pack.unknown`. */
export function findPack(packs: readonly Pack[], id: string): Pack {
  const pack = packs.find((candidate) => candidate.id === id);
  if (pack === undefined) throw new ExpectedError('pack.unknown', 'List the checklists to see their ids.', { id });
  return pack;
}

export function summarisePack(pack: Pack): PackSummary {
  const controls = pack.sections.flatMap((section) => section.controls);
  return {
    id: pack.id,
    version: pack.version,
    title: pack.title,
    summary: pack.summary,
    hash: pack.hash,
    controls: controls.length,
    questions: controls.reduce((sum, control) => sum + control.questions.length, 0),
  };
}
