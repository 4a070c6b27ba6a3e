import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { counted } from '../../shared/domain/count.ts';
import type { Assets } from '../vault/context.ts';
import { translateFileError } from '../vault/files.ts';
import { buildSample, type SampleResult, samplePassphrase } from '../vault/sample.ts';
import { type CommandIo, type ExitCode, printJson, UsageError } from './io.ts';

function inWords({ controls, answers, evidence, findings }: SampleResult['counts']): string {
  return [
    counted(controls, 'control'),
    counted(answers, 'answer'),
    counted(evidence, 'piece of evidence', 'pieces of evidence'),
    counted(findings, 'finding'),
  ].join(', ');
}

/** `sealbook demo DIR`: a realistic sample vault and its signed report. */
export async function runDemo(args: readonly string[], io: CommandIo, assets: Assets): Promise<ExitCode> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: 'boolean' } } });
  const [directory] = positionals;
  if (directory === undefined || positionals.length > 1) throw new UsageError('demo needs one folder: sealbook demo DIR');
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw translateFileError(error);
  }
  const report = resolve(join(directory, 'report.pdf'));
  const sample = await buildSample({ assets, folder: resolve(join(directory, 'Sample.sealbook')), stage: 'finished', reportPath: report });
  const result = {
    vault: sample.vault,
    audit: sample.auditId,
    report,
    passphrase: samplePassphrase,
    people: sample.people,
    counts: sample.counts,
  };
  if (values.json) {
    printJson(io, result);
    return 0;
  }
  io.stdout(
    [
      `vault       ${result.vault}`,
      `audit       ${result.audit}`,
      `report      ${result.report}`,
      `passphrase  ${result.passphrase}`,
      `people      ${result.people.map((person) => `${person.name} (${person.role})`).join(', ')}`,
      `counts      ${inWords(result.counts)}`,
      '',
    ].join('\n'),
  );
  return 0;
}
