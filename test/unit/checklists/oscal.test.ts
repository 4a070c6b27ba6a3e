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
import { catalog, profile } from '../../fixtures/oscal.ts';

const json = (value: unknown) => JSON.stringify(value, null, 1);
const catalogFile = { name: 'house_catalog.json', text: json(catalog) };
const profileFile = { name: 'night.json', text: json(profile) };

function content(reading: PackReading) {
  if (!reading.ok) throw new Error(reading.faults.map((fault) => fault.message).join('\n'));
  return reading.content;
}

function faults(reading: PackReading) {
  return reading.ok ? [] : reading.faults.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

const controls = (reading: PackReading) => content(reading).sections.flatMap((section) => section.controls);
const changed = <Document>(value: Document, work: (copy: Document) => void) => {
  const copy = JSON.parse(json(value)) as Document;
  work(copy);
  return json(copy);
};

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

describe('an OSCAL profile', () => {
  const reading = readOscal([profileFile, catalogFile]);

  it('is resolved against its catalog: selected, parameters set, controls altered', () => {
    expect(controls(reading).map((control) => control.id)).toEqual(['d-1', 'd-1.1']);
    expect(content(reading).title).toBe('Night profile');
    expect(controls(reading)[0]).toMatchObject({ guidance: { small: 'Ask the night watch.' } });
    expect(controls(reading)[0]?.objective).toContain('every 90 days');
  });

  it('finds the catalog whatever the order of the files, by name, id or because it is the only one', () => {
    for (const files of [
      [catalogFile, profileFile],
      [profileFile, { ...catalogFile, name: 'renamed.json' }],
    ]) {
      expect(controls(readOscal(files)).map((control) => control.id)).toEqual(['d-1', 'd-1.1']);
    }
    const byId = {
      name: 'p.json',
      text: changed(profile, (copy) => Object.assign(copy.profile.imports[0] ?? {}, { href: `#${catalog.catalog.uuid}` })),
    };
    const other = { name: 'other.json', text: json({ catalog: { ...catalog.catalog, uuid: 'z' } }) };
    expect(readOscal([byId, other, catalogFile]).ok).toBe(true);
  });

  it('imports profiles that import catalogs, and tells circles', () => {
    const outer = {
      profile: { ...profile.profile, uuid: 'outer', imports: [{ href: 'night.json' }], merge: undefined, modify: undefined },
    };
    const nested = readOscal([{ name: 'outer.json', text: json(outer) }, profileFile, catalogFile]);
    expect(controls(nested).map((control) => control.id)).toEqual(['d-1', 'd-1.1']);
    expect(content(nested).sections).toHaveLength(1);
    const circle = { profile: { ...profile.profile, imports: [{ href: 'outer.json' }] } };
    expect(
      readOscal([
        { name: 'outer.json', text: json(outer) },
        { name: 'night.json', text: json(circle) },
      ]).ok,
    ).toBe(false);
  });

  it('can arrange the controls in groups of its own', () => {
    const custom = changed(profile, (copy) => {
      copy.profile.merge = {
        custom: { groups: [{ id: 'mine', title: 'Mine', 'insert-controls': [{ 'include-controls': [{ 'with-ids': ['d-1.1'] }] }] }] },
      } as never;
    });
    expect(
      content(readOscal([{ name: 'night.json', text: custom }, catalogFile])).sections.map((section) => [
        section.title,
        section.controls.length,
      ]),
    ).toEqual([['Mine', 1]]);
  });

  it('without its catalog says which file is missing, and imports nothing', () => {
    const [fault = ''] = faults(readOscal([profileFile]));
    expect(fault).toMatch(/^night\.json:\d+ The profile imports house_catalog\.xml or house_catalog\.json, which was not given/);
    expect(Number(/:(\d+) /.exec(fault)?.[1])).toBeGreaterThan(5);
  });

  it('that points at nothing it describes names the reference itself', () => {
    const lost = changed(profile, (copy) => Object.assign(copy.profile, { 'back-matter': {} }));
    expect(faults(readOscal([{ name: 'night.json', text: lost }]))[0]).toMatch(/The profile imports #cat, which was not given/);
  });

  it('tells every control, parameter and change that leads nowhere, in one run', () => {
    const broken = changed(profile, (copy) => {
      const { imports, modify } = copy.profile;
      imports[0]?.['include-controls'][0]?.['with-ids']?.push('d-9', 'd-8');
      modify['set-parameters'].push({ 'param-id': 'nobody', values: ['1'] });
      modify.alters.push({ 'control-id': 'top', removes: [], adds: [] });
    });
    expect(faults(readOscal([{ name: 'night.json', text: broken }, catalogFile])).map((fault) => fault.replace(/^\S+ /, ''))).toEqual([
      'The imported catalog has no control "d-9".',
      'The imported catalog has no control "d-8".',
      'No selected control has the parameter "nobody".',
      'Changes "top", which is not among the selected controls.',
    ]);
  });
});

describe('what a profile changes in a control', () => {
  const altered = (alteration: object) => {
    const text = changed(profile, (copy) => {
      copy.profile.modify.alters = [{ 'control-id': 'd-1', ...alteration } as never];
    });
    return readOscal([{ name: 'night.json', text }, catalogFile]);
  };
  const door = (reading: PackReading) => controls(reading)[0];

  it('takes away what fits every criterion, and nothing without one', () => {
    expect(door(altered({ removes: [{}] }))?.guidance.small).toBe('See the plan for every door.');
    expect(door(altered({ removes: [{ 'by-id': 'd-1_smt.a' }] }))?.questions.map((question) => question.id)).toEqual(['d-1_smt.b']);
    expect(door(altered({ removes: [{ 'by-item-name': 'prop' }] }))?.citations).toEqual(['Night profile, d-1']);
    expect(door(altered({ removes: [{ 'by-name': 'guidance', 'by-class': 'small' }] }))?.guidance.small).not.toBe('');
    expect(door(altered({ removes: [{ 'by-ns': 'nobody' }] }))?.questions).toHaveLength(2);
    expect(door(altered({ removes: [{ 'by-item-name': 'param', 'by-id': 'd-1_prm' }] }))?.objective).toContain('[Assignment: d-1_prm]');
  });

  it('adds at the start, at the end, inside a part and beside it', () => {
    const item = (id: string) => ({ id, name: 'item', prose: `${id}.` });
    const asked = (add: object) => door(altered({ adds: [{ parts: [item('new')], ...add }] }))?.questions.map((question) => question.id);
    expect(asked({ 'by-id': 'd-1_smt.a', position: 'before' })).toEqual(['new', 'd-1_smt.a', 'd-1_smt.b']);
    expect(asked({ 'by-id': 'd-1_smt.a', position: 'after' })).toEqual(['d-1_smt.a', 'new', 'd-1_smt.b']);
    expect(asked({ 'by-id': 'd-1_smt', position: 'starting' })).toEqual(['new', 'd-1_smt.a', 'd-1_smt.b']);
    expect(asked({ 'by-id': 'd-1_smt', position: 'ending' })).toEqual(['d-1_smt.a', 'd-1_smt.b', 'new']);
    expect(door(altered({ adds: [{ title: 'Bolts' }] }))?.title).toBe('Bolts');
    expect(
      door(
        altered({ adds: [{ 'by-id': 'd-1', params: [{ id: 'x' }], links: [{ href: 'urn:sealbook:control:house:a%20b', text: 'us' }] }] }),
      )?.crosswalk,
    ).toEqual([{ framework: 'house', id: 'a b', source: 'us' }]);
  });

  it('leaves alone what a control does not have, and adds to what has no parts yet', () => {
    for (const id of ['d-1.1', 'top']) {
      const text = changed(profile, (copy) => {
        copy.profile.imports = [{ href: '#cat' } as never];
        copy.profile.modify.alters = [
          { 'control-id': id, removes: [{ 'by-name': 'guidance' }], adds: [{ props: [{ name: 'label', value: 'X' }] }] } as never,
        ];
      });
      const altered = controls(readOscal([{ name: 'night.json', text }, catalogFile])).find((control) => control.id === id);
      expect(altered?.citations).toEqual(['Night profile, X']);
    }
    expect(door(altered({ adds: [{ 'by-id': 'd-1_smt.a', position: 'before', props: [] }] }))?.questions).toHaveLength(2);
  });

  it('arranged in groups without ids, what is placed nowhere is left out', () => {
    const text = changed(profile, (copy) => {
      copy.profile.merge = { custom: { groups: [{ title: 'Empty' }, { title: 'All', 'insert-controls': [{}] }] } } as never;
    });
    expect(content(readOscal([{ name: 'night.json', text }, catalogFile])).sections.map((section) => section.title)).toEqual(['All']);
    const none = changed(profile, (copy) => {
      copy.profile.merge = { custom: {} } as never;
    });
    expect(faults(readOscal([{ name: 'night.json', text: none }, catalogFile]))[0]).toMatch(/no control in it/);
  });

  it('that points at nothing is told', () => {
    expect(faults(altered({ adds: [{ 'by-id': 'nowhere', parts: [] }] }))[0]).toMatch(
      /Adds to "nowhere", which the control "d-1" does not have/,
    );
  });

  it('a parameter set to a choice of its own is filled in, and one that inserts itself comes to an end', () => {
    const text = changed(profile, (copy) => {
      copy.profile.modify['set-parameters'] = [
        { 'param-id': 'd-1_prm', select: { choice: ['{{ insert: param, d-1_prm }} again'] }, label: 'way' } as never,
      ];
    });
    expect(door(readOscal([{ name: 'night.json', text }, catalogFile]))?.objective).toMatch(/\[Selection: .*again.*\]/);
  });

  it('without a selection everything is taken, flat when nothing says otherwise', () => {
    const text = changed(profile, (copy) => {
      copy.profile.imports = [{ href: '#cat' } as never];
      Object.assign(copy.profile, { merge: undefined, modify: undefined });
    });
    const reading = readOscal([{ name: 'night.json', text }, catalogFile]);
    expect(content(reading).sections.map((section) => section.controls.map((control) => control.id))).toEqual([
      ['top', 'd-1', 'd-1.1', 'd-2'],
    ]);
    const child = changed(profile, (copy) => {
      copy.profile.imports = [{ href: '#cat', 'include-controls': [{ 'with-ids': ['d-1.1', 'd-2'] }] } as never];
      Object.assign(copy.profile, { modify: undefined });
    });
    expect(controls(readOscal([{ name: 'night.json', text: child }, catalogFile])).map((control) => control.id)).toEqual(['d-1.1', 'd-2']);
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

const examples = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'oscal', 'examples');
const example = (name: string) => ({ name, text: readFileSync(join(examples, name), 'utf8') });
const low = 'NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json';

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

  it('the LOW profile resolves against the catalog', () => {
    expect(controls(readOscal([example('NIST_SP-800-53_rev5_LOW-baseline_profile.json'), example(low)]))).toHaveLength(149);
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
