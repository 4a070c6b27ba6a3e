import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { loadShippedPacks } from '../../../electron/vault/packs/shipped.ts';
import type { PackReading } from '../../../shared/checklists/judge.ts';
import { hashPack } from '../../../shared/checklists/loader.ts';
import { packVersion } from '../../../shared/checklists/oscal/from-catalog.ts';
import { looksLikeOscal, packId, readOscal } from '../../../shared/checklists/oscal/read.ts';
import { catalogFromPack } from '../../../shared/checklists/oscal/to-catalog.ts';
import { catalog } from '../../fixtures/oscal.ts';
import { catalogFile, changed, content, controls, example, examples, faults, json, low } from './oscal-files.ts';

describe('an OSCAL catalog', () => {
  const reading = readOscal([catalogFile]);

  it('becomes a checklist with every control under its id, nested ones too', () => {
    expect(content(reading)).toMatchObject({
      id: 'house_catalog',
      version: '2.1.0',
      title: 'House catalog',
      sources: [{ asOf: '2026-02-03' }],
    });
    expect(content(reading).sections.map((section) => [section.id, section.title, section.controls.map((control) => control.id)])).toEqual([
      ['controls', 'House catalog', ['top']],
      ['doors', 'Doors', ['d-1', 'd-1.1']],
      ['nd-floor', '2nd floor', ['d-2']],
    ]);
  });

  it('asks what the statement says, with parameters filled in and links taken off', () => {
    const [, door] = controls(reading);
    expect(door).toMatchObject({
      citations: ['House catalog, D 1'],
      objective: 'Doors are locked with [Selection (one or more): a key; a badge changed every 30 days]: a. at night; and b. at weekends.',
      questions: [
        { id: 'd-1_smt.a', text: 'At night' },
        { id: 'd-1_smt.b', text: 'At weekends.' },
      ],
      methods: [{ method: 'examine', what: 'Key book Door plan' }],
      expectedEvidence: ['Key book', 'Door plan'],
      guidance: { small: 'See the plan for every door.', large: '' },
    });
  });

  it('asks for a control that only has a name or an overview', () => {
    const [top, , , window] = controls(reading);
    expect(top?.questions).toEqual([{ id: 'q1', text: 'Standing alone', good: '', evidence: '' }]);
    expect(window?.objective).toBe('Windows close.');
  });

  it('goes out and comes back the same', () => {
    const pack = { ...content(reading), hash: hashPack(content(reading)) };
    const exported = catalogFromPack(pack, '1f6e7c1a-0b1a-4c7e-9d0e-000000000009', '2026-05-06T00:00:00Z');
    expect(content(readOscal([{ name: 'back.json', text: json(exported) }])).sections).toEqual(content(reading).sections);
  });

  it('is read from YAML too', () => {
    const text =
      'catalog:\n  uuid: x\n  metadata: {title: T, version: "1", last-modified: "2026-01-01", oscal-version: 1.1.2}\n  controls:\n    - {id: a-1, title: One}\n';
    expect(looksLikeOscal(text)).toBe(true);
    expect(controls(readOscal([{ name: 'x.yaml', text }])).map((control) => control.id)).toEqual(['a-1']);
  });
});

describe('OSCAL that cannot be used', () => {
  it.each([
    [
      'an unknown version',
      changed(catalog, (copy) => Object.assign(copy.catalog.metadata, { 'oscal-version': '2.0.0' })),
      /OSCAL version from 1\.0 to 1\.2 is expected; found "2\.0\.0"/,
    ],
    ['no version', changed(catalog, (copy) => Object.assign(copy.catalog.metadata, { 'oscal-version': undefined })), /found nothing/],
    ['another model', json({ 'assessment-plan': {} }), /catalog or a profile is expected; found assessment-plan/],
    ['no control', changed(catalog, (copy) => Object.assign(copy.catalog, { groups: [], controls: [] })), /no control in it/],
    [
      'a control twice',
      changed(catalog, (copy) => copy.catalog.controls.push({ id: 'd-1', title: 'Again' })),
      /Duplicate control id "d-1"/,
    ],
    ['nothing', '{}', /catalog or a profile is expected; found nothing/],
    ['a plain word', 'hello', /catalog or a profile is expected; found nothing/],
    ['too long a text', `{${' '.repeat(33 * 1024 * 1024)}}`, /at most 33554432 are read/],
    ['broken YAML', 'catalog: [', /Cannot be read/],
    ['broken JSON', '{"catalog": {', /Cannot be read/],
    ['XML', '<catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0"/>', /XML\. Give the JSON/],
    [
      'a control without id',
      changed(catalog, (copy) => copy.catalog.controls.push({ title: 'No id' } as never)),
      /expected string.*found nothing/,
    ],
  ])('%s is told', (_name, text, message) => {
    expect(faults(readOscal([{ name: 'x.json', text }])).join('\n')).toMatch(message);
  });

  it('two catalogs without a profile are not mixed', () => {
    expect(faults(readOscal([catalogFile, { ...catalogFile, name: 'b.json' }]))[0]).toMatch(/one after the other/);
    expect(readOscal([]).ok).toBe(false);
  });

  it('gives ids and versions that a checklist can have', () => {
    expect([packId('9 Ünï.json'), packId('....'), packId('A b.yaml')]).toEqual(['ünï', 'imported', 'a-b']);
    expect([packVersion('5.1.1+u4'), packVersion('1.1'), packVersion('draft')]).toEqual(['5.1.1', '1.1.0', '1.0.0']);
  });
});

describe('an OSCAL catalog that says little', () => {
  const bare = (control: object, metadata: object = {}) =>
    readOscal([
      {
        name: 'bare.json',
        text: json({
          catalog: {
            uuid: 'x',
            metadata: { title: 'Bare', version: '1', 'last-modified': 'long ago', 'oscal-version': '1.0.4', ...metadata },
            groups: [{ title: '1', controls: [{ id: 'c', title: 'C', ...control }] }],
          },
        }),
      },
    ]);
  const only = (reading: PackReading) => controls(reading)[0];

  it('is a checklist all the same', () => {
    const reading = bare({ parts: [{ name: 'statement', parts: [{ name: 'item' }] }, { name: 'overview' }, { name: 'guidance' }] });
    expect(content(reading)).toMatchObject({ sources: [{ asOf: '1970-01-01' }], sections: [{ id: 'section', title: '1' }] });
    expect(only(reading)).toMatchObject({ objective: 'C', questions: [{ id: 'q1', text: 'C' }] });
  });

  it('has methods without a word on their objects, and texts that are cut where they are too long', () => {
    const parts = [
      { name: 'assessment', props: [{ name: 'method', value: 'TEST' }] },
      { name: 'assessment-method', props: [{ name: 'method', value: 'EXAMINE' }], parts: [{ name: 'assessment-objects' }] },
      { name: 'statement', prose: 'long '.repeat(6000) },
    ];
    const control = only(bare({ parts }));
    expect(control?.methods).toEqual([
      { method: 'test', what: 'test' },
      { method: 'examine', what: 'examine' },
    ]);
    expect(control?.objective).toHaveLength(20_000);
  });

  it('has a name for a section whose title gives none, and another one for the next', () => {
    const group = { title: '***', controls: [{ id: 'x-1', title: 'Locks' }] };
    const given = { ...catalog.catalog, controls: [], groups: [group, { ...group, controls: [{ id: 'x-2', title: 'Keys' }] }] };
    const { sections } = content(readOscal([{ name: 'a.json', text: json({ catalog: given }) }]));
    expect(new Set(sections.map(({ id }) => id)).size).toBe(2);
    for (const { id } of sections) expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  it('is cited as SP 800-53 only where its title and the id say so', () => {
    const title = 'NIST SP 800-53 Rev 5 excerpt';
    expect(only(bare({ id: 'ac-2.3' }, { title }))?.citations).toEqual(['NIST SP 800-53 Rev. 5 AC-2(3)']);
    expect(only(bare({ id: 'ac-99' }, { title }))?.citations).toEqual(['OSCAL: NIST SP 800-53 Rev 5 excerpt, ac-99']);
  });

  it('has links only to addresses that can be read', () => {
    const links = [
      { href: 'https://example.org' },
      { href: 'urn:sealbook:control:house:%E0%A4' },
      { href: 'urn:sealbook:control:house:d-1' },
    ];
    expect(only(bare({ links }))?.crosswalk).toEqual([{ framework: 'house', id: 'd-1', source: 'OSCAL link' }]);
  });

  it('parameters without anything are named', () => {
    const parts = [{ name: 'statement', prose: 'Within {{ insert: param, p }} and {{ q }}.' }];
    expect(only(bare({ parts, params: [{ id: 'p' }, { id: 'q', select: { choice: [] } }] }))?.objective).toBe(
      'Within [Assignment: p] and [Assignment: q].',
    );
  });
});

describe.skipIf(!existsSync(examples))('the official examples (skipped where they are absent)', () => {
  it('import completely, and the resolved LOW catalog goes back out with the same control ids', () => {
    const wanted = [...example(low).text.matchAll(/"id":"([a-z]{2}-\d+(?:\.\d+)?)","class":"SP800-53/g)].map((match) => match[1]);
    expect(wanted).toHaveLength(149);
    const reading = readOscal([example(low)]);
    expect(controls(reading).map((control) => control.id)).toEqual(wanted);
    const exported = catalogFromPack({ ...content(reading), hash: '' }, 'x', '2026-01-01T00:00:00Z');
    expect(controls(readOscal([{ name: 'x.json', text: json(exported) }])).map((control) => control.id)).toEqual(wanted);
    expect(controls(reading).every((control) => /^NIST SP 800-53 Rev\. 5 [A-Z]{2}-\d+(\(\d+\))?$/.test(control.citations[0] ?? ''))).toBe(
      true,
    );
    expect(controls(readOscal([example('basic-catalog.json')]))).toHaveLength(4);
  });
});

const catalogSchema = join(examples, '..', 'schemas', 'oscal_catalog_schema.json');

it.skipIf(!existsSync(catalogSchema))(
  'every shipped checklist is exported as a valid catalog (skipped where the official schema is absent)',
  () => {
    const ajv = new Ajv({ allErrors: true, strict: false });
    formats.default(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(catalogSchema, 'utf8')) as object);
    for (const pack of loadShippedPacks(join(import.meta.dirname, '..', '..', '..', 'shared', 'checklists'))) {
      const exported = catalogFromPack(pack, '1f6e7c1a-0b1a-4c7e-9d0e-000000000009', '2026-05-06T00:00:00Z');
      validate(exported);
      expect(validate.errors).toBeNull();
    }
  },
);
