import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { readPack } from '../../../shared/checklists/loader.ts';

const yaml = readFileSync(join(import.meta.dirname, '..', '..', '..', 'shared', 'checklists', 'production-readiness.yaml'), 'utf8');
const control = ['sections', 0, 'controls', 0];
const other = ['sections', 0, 'controls', 1];
const question = [...control, 'questions', 0];
const words = (count: number) => `${Array.from({ length: count }, (_, index) => `word${index}`).join(' ')}?`;

type Path = readonly (string | number)[];

/** Each plants one fault at a path of a shipped checklist and names what the message has to say. */
const planted: readonly (readonly [name: string, path: Path, value: unknown, message: RegExp])[] = [
  ['a pack id with a space', ['id'], 'two words', /token/],
  ['a pack id of digits', ['id'], '1st', /token/],
  ['a version in words', ['version'], 'one', /version such as 1\.0\.0/],
  ['a version of two parts', ['version'], '1.0', /version such as/],
  ['an empty title', ['title'], '', /./],
  ['a title that is a list', ['title'], ['a'], /string/i],
  ['an empty summary', ['summary'], '   ', /./],
  ['no sources', ['sources'], [], /./],
  ['a source without a day', ['sources', 0, 'asOf'], '2026-13-40', /date/i],
  ['no sections', ['sections'], [], /./],
  ['a section id with a slash', ['sections', 0, 'id'], 'a/b', /token/],
  ['a section without controls', ['sections', 0, 'controls'], [], /./],
  ['an unknown key in the pack', ['colour'], 'red', /Unknown key "colour"/],
  ['an unknown key in a section', ['sections', 0, 'colour'], 'red', /Unknown key "colour"/],
  ['an unknown key in a control', [...control, 'objectve'], 'x', /Unknown key "objectve"/],
  ['an unknown key in a question', [...question, 'hint'], 'x', /Unknown key "hint"/],
  ['a control id with a space', [...control, 'id'], 'a b', /token/],
  ['no citations', [...control, 'citations'], [], /./],
  ['an unknown requirement', [...control, 'requirement'], 'mandatory', /required/],
  ['an objective that is missing', [...control, 'objective'], undefined, /found nothing/],
  ['an objective that is vague', [...control, 'objective'], 'Access is reviewed regularly by an owner.', /Vague word "regularly"/],
  ['a single question', [...control, 'questions'], [], /./],
  [
    'more questions than somebody answers',
    [...control, 'questions'],
    Array.from({ length: 9 }, (_, index) => ({ id: `q${index}`, text: `Is item ${index} there?`, good: 'All.', evidence: 'List' })),
    /Has 9 questions; a control asks/,
  ],
  ['a question id with a space', [...question, 'id'], 'q 1', /token/],
  ['a question without a question mark', [...question, 'text'], 'The policy names an owner.', /question mark/],
  ['a question of 41 words', [...question, 'text'], words(41), /40 words/],
  ['a vague question', [...question, 'text'], 'Are appropriate safeguards in place?', /Vague word "appropriate"/],
  ['a vague measure of good', [...question, 'good'], 'Adequate records exist.', /Vague word "Adequate"/],
  ['no word on what good looks like', [...question, 'good'], '', /./],
  ['no evidence for a question', [...question, 'evidence'], undefined, /found nothing/],
  ['an unknown method', [...control, 'methods', 0, 'method'], 'guess', /examine/],
  ['a vague method', [...control, 'methods', 0, 'what'], 'Logs as needed.', /Vague word "as needed"/],
  ['no methods', [...control, 'methods'], [], /./],
  ['no expected evidence', [...control, 'expectedEvidence'], [], /./],
  ['no common failures', [...control, 'commonFailures'], [], /./],
  ['vague guidance', [...control, 'guidance', 'small'], 'Follow best practices.', /Vague word "best practices"/],
  ['no guidance for large organisations', [...control, 'guidance', 'large'], undefined, /found nothing/],
  ['a weight of 6', [...control, 'weight'], 6, /5/],
  ['a weight in words', [...control, 'weight'], 'high', /number/],
  ['a federal citation of another title', [...control, 'citations', 0], '45 CFR 999.1', /shape of such a citation/],
  [
    'a section of Part 164 that is not there',
    [...control, 'citations', 0],
    '45 CFR 164.999(a)',
    /Cites what is not there: "45 CFR 164\.999\(a\)"/,
  ],
  ['a control of SP 800-53 that is not there', [...control, 'citations', 0], 'NIST SP 800-53 Rev. 5 AC-99', /Cites what is not there/],
  ['a withdrawn enhancement', [...control, 'citations', 0], 'NIST SP 800-53 Rev. 5 AC-2(10)', /Cites what is not there/],
  [
    'a link to a section that is not there',
    [...control, 'crosswalk'],
    [{ framework: 'hipaa', id: '164.999', source: 'own judgement' }],
    /Not an id of hipaa: "164\.999"/,
  ],
  [
    'a link to a control of a checklist that is its own and has none such',
    [...control, 'crosswalk'],
    [{ framework: 'production-readiness', id: 'pr-9', source: 'own judgement' }],
    /has no "pr-9"/,
  ],
  ['a GDPR citation without article', [...control, 'citations', 0], 'GDPR 5(1)', /shape of such a citation/],
  ['a control of SP 800-53 in the wrong shape', [...control, 'citations', 0], 'NIST SP 800-53 Rev. 5 AU3', /shape of such a citation/],
  [
    'a link to no control of SP 800-53',
    [...control, 'crosswalk'],
    [{ framework: 'nist-800-53r5', id: 'AU 3', source: 's' }],
    /Not an id of nist/,
  ],
  ['a link without source', [...control, 'crosswalk'], [{ framework: 'nist-800-53r5', id: 'au-3' }], /found nothing/],
  [
    'the same link twice',
    [...control, 'crosswalk'],
    [
      { framework: 'nist-800-53r5', id: 'au-3', source: 's' },
      { framework: 'nist-800-53r5', id: 'au-3', source: 't' },
    ],
    /Linked twice/,
  ],
];

function changed(...changes: readonly (readonly [Path, unknown])[]): string {
  const document = parseDocument(yaml);
  for (const [path, value] of changes) {
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, document.createNode(value));
  }
  return document.toString();
}

const at = (path: Path) => parseDocument(yaml).getIn(path);
const faultsOf = (text: string) => {
  const reading = readPack(text, 'planted.yaml');
  return reading.ok ? [] : reading.faults;
};

describe('a fault planted into a checklist', () => {
  it('is at least 40 kinds of faults', () => expect(planted.length).toBeGreaterThanOrEqual(40));

  it.each(planted)('is found: %s', (_name, path, value, message) => {
    const faults = faultsOf(changed([path, value]));
    expect(faults.map((fault) => fault.message)).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
    for (const fault of faults) expect(fault.line).toBeGreaterThan(0);
  });

  it.each([
    ['section', ['sections', 1, 'id'], ['sections', 0, 'id'], /Duplicate section id/],
    ['control', [...other, 'id'], [...control, 'id'], /Duplicate control id/],
    ['question', [...control, 'questions', 1, 'id'], [...question, 'id'], /Duplicate question id/],
    ['method', [...control, 'methods', 1, 'method'], [...control, 'methods', 0, 'method'], /Duplicate method/],
    ['question text', [...other, 'questions', 0, 'text'], [...question, 'text'], /Nearly the same question as/],
  ])('is found when a %s is there twice', (_name, path, from, message) => {
    expect(faultsOf(changed([path, at(from)])).map((fault) => fault.message)).toEqual([expect.stringMatching(message)]);
  });

  it('is told together with all others in one run, in the order of the file', () => {
    const faults = faultsOf(
      changed(
        [['version'], 'one'],
        [[...question, 'text'], 'Are appropriate safeguards in place?'],
        [[...other, 'id'], at([...control, 'id'])],
        [[...other, 'weight'], 6],
      ),
    );
    expect(faults.map((fault) => fault.path)).toEqual([
      'version',
      'sections[0].controls[0].questions[0].text',
      'sections[0].controls[1].id',
      'sections[0].controls[1].weight',
    ]);
  });

  it('names every unknown key of one place', () => {
    const faults = faultsOf(changed([['colour'], 'red'], [['shade'], 'dark']));
    expect(faults.map((fault) => fault.message)).toEqual(['Unknown key "colour".', 'Unknown key "shade".']);
  });

  it('leaves the fixed phrase for addressable specifications alone, and sources nobody knows', () => {
    const text = changed(
      [[...control, 'objective'], 'What is documented as not reasonable and appropriate has a signed reason.'],
      [[...control, 'citations', 0], 'Company handbook, chapter 4'],
    );
    expect(faultsOf(text)).toEqual([]);
  });
});
