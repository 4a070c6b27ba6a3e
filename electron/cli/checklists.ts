import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type ImportFile, largestImport } from '../../shared/checklists/import.ts';
import type { Pack } from '../../shared/domain/control.ts';
import { counted } from '../../shared/domain/count.ts';
import { coverageBetween } from '../../shared/domain/relations.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { Assets } from '../vault/context.ts';
import { importFiles } from '../vault/packs/import-files.ts';
import { findPack, loadShippedPacks, summarisePack } from '../vault/packs/shipped.ts';
import { nodeReader } from '../vault/reader/node-process.ts';
import { createReader } from '../vault/reader/queue.ts';
import { type CommandIo, type ExitCode, printJson, UsageError } from './io.ts';

/** `sealbook checklists list | show ID | check FILE | coverage`. */
export async function runChecklists(args: readonly string[], io: CommandIo, assets: Assets): Promise<ExitCode> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: 'boolean' } } });
  const [action, argument, ...more] = positionals;
  const json = values.json === true;
  if (action === 'list') return list(io, loadShippedPacks(assets.checklists), json);
  if (action === 'show' && argument !== undefined) return show(io, findPack(loadShippedPacks(assets.checklists), argument), json);
  if (action === 'check' && argument !== undefined) return check(io, [argument, ...more], json, assets);
  if (action === 'coverage') return coverage(io, loadShippedPacks(assets.checklists), json);
  throw new UsageError('checklists knows: list, show ID, check FILE..., coverage');
}

function list(io: CommandIo, packs: readonly Pack[], json: boolean): ExitCode {
  const summaries = packs.map(summarisePack);
  if (json) printJson(io, summaries);
  else
    for (const pack of summaries)
      io.stdout(
        `${pack.id}  ${pack.version}  ${counted(pack.controls, 'control')}, ${counted(pack.questions, 'question')}  ${pack.title}\n`,
      );
  return 0;
}

function show(io: CommandIo, pack: Pack, json: boolean): ExitCode {
  if (json) {
    printJson(io, {
      id: pack.id,
      title: pack.title,
      version: pack.version,
      hash: pack.hash,
      sources: pack.sources,
      sections: pack.sections.map((section) => ({
        ...section,
        controls: section.controls.map((control) => ({ ...control, guidance: `${control.guidance.small} ${control.guidance.large}` })),
      })),
    });
    return 0;
  }
  io.stdout(`${pack.title} ${pack.version}\n${pack.hash}\n`);
  for (const section of pack.sections) {
    io.stdout(`\n${section.title}\n`);
    for (const control of section.controls) {
      io.stdout(`\n  ${control.citations.join('; ')}  ${control.title} (${control.requirement})\n  ${control.objective}\n`);
      for (const question of control.questions) io.stdout(`    ${question.id}. ${question.text}\n`);
    }
  }
  return 0;
}

function coverage(io: CommandIo, packs: readonly Pack[], json: boolean): ExitCode {
  const rows = coverageBetween(packs);
  if (json) printJson(io, rows);
  else
    for (const { from, to, covered, controls } of rows)
      io.stdout(`${from}  ${covered} of ${counted(controls, 'control')} ${covered === 1 ? 'has' : 'have'} a relative in  ${to}\n`);
  return 0;
}

/** YAML is held to the rules of what ships; a table or an OSCAL document, given with what it imports, only to what makes it usable. */
async function check(io: CommandIo, files: readonly string[], json: boolean, assets: Assets): Promise<ExitCode> {
  const known = new Map(
    loadShippedPacks(assets.checklists).map((pack) => [
      pack.id,
      new Set(pack.sections.flatMap((section) => section.controls.map((control) => control.id))),
    ]),
  );
  const [file = ''] = files;
  const reader = createReader(nodeReader(assets.reader));
  const { reading } = await importFiles(reader, files.map(readChecklist), known, 'house', new AbortController().signal).finally(
    reader.stop,
  );
  const faults = reading.ok ? [] : reading.faults;
  if (json) printJson(io, { file, ok: reading.ok, faults });
  for (const fault of faults)
    io.stderr(
      `${fault.file}:${fault.cell ?? `${fault.line}:${fault.column}`}: ${fault.path === '' ? '' : `${fault.path}: `}${fault.message}\n`,
    );
  if (reading.ok && !json)
    io.stdout(
      `${file}: ${counted(
        reading.content.sections.reduce((sum, section) => sum + section.controls.length, 0),
        'control',
      )}, no faults\n`,
    );
  return reading.ok ? 0 : 1;
}

function readChecklist(file: string): ImportFile {
  try {
    if (statSync(file).size > largestImport)
      throw new ExpectedError('pack.invalid', `The file is larger than ${counted(largestImport, 'byte')}.`);
    return { name: file, bytes: readFileSync(file) };
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError('pack.invalid', 'The file cannot be read.');
  }
}
