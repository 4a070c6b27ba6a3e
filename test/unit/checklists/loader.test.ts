import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashPack, largestPackFile, loadPackFromYaml, PackError, readPack } from '../../../shared/checklists/loader.ts';
import type { PackFault } from '../../../shared/domain/pack-fault.ts';

const valid = `id: small
version: 1.0.0
title: A small checklist
summary: Two controls.
sources:
  - title: A standard
    citation: ST 1
    asOf: "2026-01-31"
sections:
  - id: one
    title: Section one
    controls:
      - id: c-1
        citations: [ST 1.1]
        group: Group
        title: First control
        requirement: required
        objective: It is so.
        questions:
          - id: q1
            text: Is it so?
            good: It is.
            evidence: A screenshot
          - id: q2
            text: Is it still so?
            good: It is.
            evidence: A log
        methods:
          - method: examine
            what: The log.
        expectedEvidence: [A log]
        commonFailures: [It is not so]
        guidance: { small: Do it., large: Do it often. }
        weight: 3
        weightReason: It matters.
        crosswalk:
          - { framework: other, id: X-1, source: our own judgement }
`;

/** The second control, for duplicates. */
const second = valid.slice(valid.indexOf('      - id: c-1'));

function faultsOf(text: string): readonly PackFault[] {
  const reading = readPack(text, 'small.yaml');
  return reading.ok ? [] : reading.faults;
}

/** Line and column of the first occurrence of `marker` in `text`, 1-based. */
function placeOf(text: string, marker: string): { line: number; column: number } {
  const before = text.slice(0, text.indexOf(marker)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

describe('reading a checklist', () => {
  it('accepts a whole one and hashes its content', () => {
    const pack = loadPackFromYaml(valid, 'small.yaml');
    expect(pack.sections[0]?.controls[0]?.questions.map((question) => question.id)).toEqual(['q1', 'q2']);
    const { hash, ...content } = pack;
    expect(hash).toBe(hashPack(content as never));
  });

  it.each<[string, string, string, string, string, RegExp]>([
    ['an unknown key', '    title: Section one', '    titel: Section one', 'titel', 'sections[0].titel', /Unknown key "titel"/],
    ['a bad token', 'id: c-1', 'id: 1 c', 'id: 1 c', 'sections[0].controls[0].id', /token.*found "1 c"/],
    ['a bad version', 'version: 1.0.0', 'version: "1.0"', 'version', 'version', /version such as 1\.0\.0.*found "1\.0"/],
    ['a bad date', '"2026-01-31"', '"2026-02-31"', 'asOf', 'sources[0].asOf', /found "2026-02-31"/],
    ['a missing field', '        objective: It is so.\n', '', 'id: c-1', 'sections[0].controls[0].objective', /found nothing/],
    ['a weight out of range', 'weight: 3', 'weight: 9', 'weight: 9', 'sections[0].controls[0].weight', /found 9/],
    ['an unknown method', 'method: examine', 'method: guess', 'method: guess', 'sections[0].controls[0].methods[0].method', /"guess"/],
    ['no question mark', 'Is it so?', 'It is so.', 'text: It is so.', 'sections[0].controls[0].questions[0].text', /question mark/],
    [
      'text where a list belongs',
      'citations: [ST 1.1]',
      'citations: ST 1.1',
      'citations',
      'sections[0].controls[0].citations',
      /"ST 1\.1"/,
    ],
  ])('tells line and column of %s', (_name, from, to, marker, path, message) => {
    const text = valid.replace(from, to);
    expect(text).not.toBe(valid);
    const found = faultsOf(text).find((fault) => fault.path === path);
    expect(found).toMatchObject({ file: 'small.yaml', message: expect.stringMatching(message) });
    expect({ line: found?.line, column: found?.column }).toEqual(placeOf(text, marker));
  });

  it('refuses a question of more than 40 words', () => {
    const long = `${'word '.repeat(40)}word?`;
    const text = valid.replace('Is it still so?', long);
    expect(faultsOf(text)).toMatchObject([{ path: 'sections[0].controls[0].questions[1].text', ...placeOf(text, `text: ${long}`) }]);
    expect(faultsOf(valid.replace('Is it still so?', `${'word '.repeat(39)}word?`))).toEqual([]);
  });

  it('names every duplicate of section, control, question and method where it stands', () => {
    const twice = valid.replace('id: q2', 'id: q1');
    expect(faultsOf(twice)).toMatchObject([
      {
        path: 'sections[0].controls[0].questions[1].id',
        message: 'Duplicate question id "q1".',
        line: placeOf(twice, 'text: Is it still').line - 1,
      },
    ]);
    const methods = valid.replace(
      '            what: The log.',
      '            what: The log.\n          - method: examine\n            what: More.',
    );
    expect(faultsOf(methods)).toMatchObject([{ message: 'Duplicate method "examine".', line: placeOf(methods, 'what: More').line - 1 }]);
    const controls = `${valid}${second}`;
    expect(faultsOf(controls).filter(({ message }) => message.startsWith('Duplicate'))).toMatchObject([
      { path: 'sections[0].controls[1].id', message: 'Duplicate control id "c-1".', line: valid.split('\n').length },
    ]);
    const sections = `${valid}${valid.slice(valid.indexOf('  - id: one'))}`;
    expect(faultsOf(sections).map((fault) => fault.message)).toEqual(
      expect.arrayContaining(['Duplicate section id "one".', 'Duplicate control id "c-1".']),
    );
  });

  it('reports all faults of one file in one run', () => {
    const text = valid.replace('weight: 3', 'weight: 0').replace('version: 1.0.0', 'version: x').replace('id: q1', 'id: "?"');
    expect(faultsOf(text).map((fault) => fault.path)).toEqual([
      'version',
      'sections[0].controls[0].questions[0].id',
      'sections[0].controls[0].weight',
    ]);
  });

  it('tells the place of a syntax error and of a key that stands twice', () => {
    const broken = valid.replace('group: Group', 'group: [Group');
    expect(faultsOf(broken)[0]).toMatchObject({ path: '', line: placeOf(broken, 'title: First').line });
    const doubled = valid.replace('title: A small checklist', 'title: A small checklist\ntitle: Again');
    expect(faultsOf(doubled)).toMatchObject([{ ...placeOf(doubled, 'title: Again'), message: expect.stringContaining('unique') }]);
    expect(faultsOf('')).toMatchObject([{ line: 1, column: 1, path: '' }]);
    expect(faultsOf('- a\n- b\n')).toMatchObject([{ line: 1, column: 1 }]);
  });

  it('refuses an alias bomb and a file beyond the limit without expanding them', () => {
    const levels = Array.from({ length: 9 }, (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}*l${level}]`);
    const bomb = `l0: &l0 [x]\n${levels.join('\n')}\n`;
    const started = Date.now();
    expect(faultsOf(bomb)).toMatchObject([{ line: 1, column: 1, message: 'The file expands too many aliases.' }]);
    expect(Date.now() - started).toBeLessThan(5000);
    expect(faultsOf('#'.repeat(largestPackFile + 1))).toMatchObject([
      { line: 1, column: 1, message: expect.stringContaining(String(largestPackFile)) },
    ]);
  });

  it('throws every fault in one error when asked for the pack itself', () => {
    const text = valid.replace('weight: 3', 'weight: 0').replace('version: 1.0.0', 'version: x');
    expect(() => loadPackFromYaml(text, 'small.yaml')).toThrow(PackError);
    expect(() => loadPackFromYaml(text, 'small.yaml')).toThrow(
      /^small\.yaml:2:1 version .*\nsmall\.yaml:\d+:9 sections\[0\]\.controls\[0\]\.weight /,
    );
  });

  it('gives the same hash for the same content in another order of keys', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['id', 'version', 'title', 'summary'], { minLength: 4 }), (order) => {
        const head = order.map((key) => valid.split('\n').find((line) => line.startsWith(`${key}:`))).join('\n');
        const text = `${head}\n${valid.slice(valid.indexOf('sources:'))}`;
        expect(loadPackFromYaml(text, 'x').hash).toBe(loadPackFromYaml(valid, 'y').hash);
      }),
      { numRuns: 12 },
    );
  });
});
