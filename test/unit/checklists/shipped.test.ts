import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPack, loadShippedPacks, summarisePack } from '../../../electron/vault/packs/shipped.ts';
import { loadPackFromYaml } from '../../../shared/checklists/loader.ts';
import type { Pack } from '../../../shared/domain/control.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'checklists');
const packs = loadShippedPacks(folder);

const paragraphs = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'hipaa-security-ids.json'), 'utf8')) as {
  id: string;
  title: string;
  /** Whether the rule itself gives the paragraph this title. */
  official: boolean;
}[];

/** Citations that a checklist has to cover: a copy of the bare ids of the reference. */
const referenceIds = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'reference-ids.json'), 'utf8')) as Record<
  string,
  string[]
>;
const reference = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'reference');

/** What each checklist has to ask at least. */
const fewestQuestions: Readonly<Record<string, number>> = {
  'access-control': 200,
  'audit-logging': 150,
  'data-protection': 250,
  'hipaa-privacy-breach': 200,
  'hipaa-security': 300,
  'production-readiness': 120,
};

const controlsOf = (pack: Pack) => pack.sections.flatMap((section) => section.controls);

describe('the shipped checklists', () => {
  it('load without a fault, each with a hash of its own', () => {
    expect(packs.map((pack) => pack.id)).toEqual(Object.keys(fewestQuestions));
    expect(new Set(packs.map((pack) => pack.hash)).size).toBe(packs.length);
  });

  it('are read from what the build compiled, too; a folder that is not there holds none', () => {
    const compiled = mkdtempSync(join(tmpdir(), 'sealbook-packs-'));
    writeFileSync(join(compiled, 'a.json'), JSON.stringify(packs[0]));
    writeFileSync(join(compiled, 'tsconfig.json'), '{}');
    writeFileSync(join(compiled, 'notes.txt'), 'x');
    expect(loadShippedPacks(compiled)).toEqual([packs[0]]);
    rmSync(compiled, { recursive: true });
    expect(loadShippedPacks(join(compiled, 'gone'))).toEqual([]);
  });

  it('are summarised by what they hold', () => {
    for (const pack of packs) {
      const summary = summarisePack(pack);
      expect(summary.controls).toBe(controlsOf(pack).length);
      expect(summary.questions).toBe(controlsOf(pack).flatMap((control) => control.questions).length);
      expect(summary.hash).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('have the same hash whatever the layout of the file, and another when one word changes', () => {
    const text = readFileSync(join(folder, 'production-readiness.yaml'), 'utf8');
    const pack = findPack(packs, 'production-readiness');
    expect(loadPackFromYaml(`# a comment\n\n${text}\n`, 'other-name.yaml').hash).toBe(pack.hash);
    expect(
      loadPackFromYaml(
        text.replace(/^summary: "?/m, (start) => `${start}Changed. `),
        'x.yaml',
      ).hash,
    ).not.toBe(pack.hash);
  });

  it('have no two questions with the same words in one control and no control without evidence to expect', () => {
    for (const control of packs.flatMap(controlsOf)) {
      expect(new Set(control.questions.map((question) => question.text)).size).toBe(control.questions.length);
      expect(control.expectedEvidence.length).toBeGreaterThan(0);
      expect(control.weight).toBeGreaterThanOrEqual(1);
    }
  });
});

describe('what the checklists have to cover', () => {
  const questionsOf = (id: string) => controlsOf(findPack(packs, id)).flatMap((control) => control.questions);

  it.each(Object.entries(fewestQuestions))('%s asks at least %i questions', (id, fewest) => {
    expect(questionsOf(id).length).toBeGreaterThanOrEqual(fewest);
  });

  it('is 1,200 questions or more in all', () => {
    expect(packs.flatMap(controlsOf).flatMap((control) => control.questions).length).toBeGreaterThanOrEqual(1200);
  });

  it.each(Object.entries(referenceIds))('%s cites every paragraph and control that it has to', (id, wanted) => {
    const cited = new Set(controlsOf(findPack(packs, id)).flatMap((control) => control.citations));
    expect(wanted.filter((citation) => !cited.has(citation))).toEqual([]);
    expect(wanted.length).toBeGreaterThan(15);
  });

  it.skipIf(!existsSync(reference))('the bare ids in the tests are those of the reference (skipped where it is absent)', () => {
    const read = (name: string) =>
      JSON.parse(readFileSync(join(reference, name), 'utf8')) as Record<string, { id: string; baselines?: string[] }[]>;
    const moderate = (read('nist-800-53r5.json').controls ?? []).filter((control) =>
      control.baselines?.some((baseline) => /moderate/i.test(baseline)),
    );
    const ids = (list: { id: string }[] | undefined, source: string) => (list ?? []).map((entry) => `${source} ${entry.id}`);
    const has = (id: string, citations: string[]) => expect(referenceIds[id]).toEqual(expect.arrayContaining(citations));
    has('hipaa-privacy-breach', ids(read('hipaa-breach-notification.json').items, '45 CFR'));
    has('hipaa-privacy-breach', ids(read('hipaa-privacy-rule.json').additional_paragraphs, '45 CFR'));
    has(
      'hipaa-privacy-breach',
      ids(
        read('hipaa-privacy-rule.json').items?.filter((entry) => entry.id.split('(').length <= 3),
        '45 CFR',
      ),
    );
    has('data-protection', ids(read('gdpr-data-protection.json').items, 'GDPR'));
    has(
      'audit-logging',
      ids(
        moderate.filter((control) => control.id.startsWith('AU-')),
        'NIST SP 800-53 Rev. 5',
      ),
    );
    has(
      'access-control',
      ids(
        moderate.filter((control) => /^(AC|IA)-/.test(control.id)),
        'NIST SP 800-53 Rev. 5',
      ),
    );
  });

  it('is read and checked from YAML within 2 seconds, and again at once', () => {
    const files = packs.map((pack) => ({ id: pack.id, text: readFileSync(join(folder, `${pack.id}.yaml`), 'utf8') }));
    const started = performance.now();
    for (const { id, text } of files) loadPackFromYaml(text, id);
    expect(performance.now() - started).toBeLessThan(4000);
    const again = performance.now();
    loadShippedPacks(folder);
    expect(performance.now() - again).toBeLessThan(150);
  });

  it('has links only to controls that exist', () => {
    const known = new Set(packs.flatMap((pack) => controlsOf(pack).map((control) => `${pack.id} ${control.id}`)));
    const dangling = packs
      .flatMap(controlsOf)
      .flatMap((control) => control.crosswalk)
      .filter((link) => packs.some((pack) => pack.id === link.framework) && !known.has(`${link.framework} ${link.id}`));
    expect(dangling).toEqual([]);
  });
});

describe('the HIPAA Security Rule checklist', () => {
  const controls = controlsOf(findPack(packs, 'hipaa-security'));
  const cited = (id: string) => controls.filter((control) => control.citations.includes(`45 CFR ${id}`));

  it.each(paragraphs.map(({ id }) => id))('cites %s', (id) => {
    expect(cited(id).length).toBeGreaterThan(0);
  });

  it('gives every paragraph its official title', () => {
    const wrong = paragraphs.filter(
      ({ id, title, official }) => official && !cited(id).some((control) => control.title.toLowerCase() === title.toLowerCase()),
    );
    expect(wrong).toEqual([]);
  });

  it('asks at least 300 questions and at least three at every control', () => {
    expect(controls.flatMap((control) => control.questions).length).toBeGreaterThanOrEqual(300);
    expect(controls.filter((control) => control.questions.length < 3).map((control) => control.id)).toEqual([]);
  });

  it('has 22 addressable and 24 required specifications', () => {
    expect(controls.filter((control) => control.requirement === 'addressable').length).toBe(22);
    expect(controls.filter((control) => control.requirement === 'required').length).toBe(24);
  });
});
