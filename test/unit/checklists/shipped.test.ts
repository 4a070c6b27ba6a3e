import { readFileSync } from 'node:fs';
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

/** What each checklist has to ask at least. */
const fewestQuestions: Readonly<Record<string, number>> = {
  'hipaa-security': 300,
  'production-readiness': 120,
};

const controlsOf = (pack: Pack) => pack.sections.flatMap((section) => section.controls);

describe('the shipped checklists', () => {
  it('load without a fault, each with a hash of its own', () => {
    expect(packs.map((pack) => pack.id)).toEqual(Object.keys(fewestQuestions));
    expect(new Set(packs.map((pack) => pack.hash)).size).toBe(packs.length);
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
