import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PackReading } from '../../../shared/checklists/judge.ts';
import { readOscal } from '../../../shared/checklists/oscal/read.ts';
import { catalog, profile } from '../../fixtures/oscal.ts';
import { catalogFile, changed, content, controls, example, examples, faults, json, low, profileFile } from './oscal-files.ts';

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

describe.skipIf(!existsSync(examples))('the official examples (skipped where they are absent)', () => {
  it('the LOW profile resolves against the catalog', () => {
    expect(controls(readOscal([example('NIST_SP-800-53_rev5_LOW-baseline_profile.json'), example(low)]))).toHaveLength(149);
  });
});
