import type { Alteration, Catalog, CatalogControl, CatalogGroup, CustomGroup, Parameter, Part, Profile, Selection } from './model.ts';
import { catalogControls } from './model.ts';

/**
 * Resolves a profile against the catalogs it imports (OSCAL profile resolution): imports select controls, `merge` arranges
 * them, `modify` sets parameters and alters controls.
 */

export interface ProfileFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A catalog or profile that was given, with the name of its file. */
export type OscalSource =
  | { readonly name: string; readonly catalog: Catalog; readonly profile?: never }
  | { readonly name: string; readonly profile: Profile; readonly catalog?: never };

export type Resolution =
  | { readonly ok: true; readonly catalog: Catalog }
  | { readonly ok: false; readonly faults: readonly ProfileFault[] };

/** Every fault in one run: missing imports, controls that are not there, parameters of nothing. */
export function resolveProfile(profile: Profile, given: readonly OscalSource[]): Resolution {
  const faults: ProfileFault[] = [];
  const selected = profile.imports.flatMap((entry, index) => {
    const path = ['profile', 'imports', index];
    const source = findSource(profile, entry.href, given);
    if (source === null) {
      faults.push({ path: [...path, 'href'], message: missingImport(profile, entry.href) });
      return [];
    }
    const catalog = resolveSource(source, given);
    if (!('uuid' in catalog)) {
      faults.push({ path: [...path, 'href'], message: `The imported profile ${source.name} cannot be resolved: ${catalog.message}` });
      return [];
    }
    const chosen = select(catalog, entry, path, faults);
    return [{ catalog, chosen }];
  });
  modify(profile, selected, faults);
  const groups = arrange(profile, selected, faults);
  const resolved: Catalog = {
    uuid: profile.uuid,
    metadata: profile.metadata,
    ...groups,
    params: selected.flatMap(({ catalog }) => catalog.params ?? []),
  };
  return faults.length > 0 ? { ok: false, faults } : { ok: true, catalog: resolved };
}

/** A profile cannot import itself by any way: what is being resolved is not among what it may import. */
function resolveSource(source: OscalSource, given: readonly OscalSource[]): Catalog | { readonly message: string } {
  if (source.catalog !== undefined) return JSON.parse(JSON.stringify(source.catalog)) as Catalog;
  const others = given.filter((other) => other !== source);
  const inner = resolveProfile(source.profile, others);
  return inner.ok ? inner.catalog : { message: inner.faults.map((fault) => fault.message).join(' ') };
}

/** By the reference itself, by the file names behind it, or the only other document that was given. */
function findSource(profile: Profile, href: string, given: readonly OscalSource[]): OscalSource | null {
  const others = given.filter((source) => source.profile !== profile);
  const names = referencedFiles(profile, href).map(stem);
  const byName = others.find((source) => names.includes(stem(source.name)));
  const byId = others.find((source) => (source.catalog ?? source.profile).uuid === href.replace(/^#/, ''));
  return byName ?? byId ?? (others.length === 1 ? (others[0] ?? null) : null);
}

function referencedFiles(profile: Profile, href: string): string[] {
  if (!href.startsWith('#')) return [href];
  const resource = profile['back-matter']?.resources?.find((candidate) => candidate.uuid === href.slice(1));
  return (resource?.rlinks ?? []).map((link) => link.href);
}

function missingImport(profile: Profile, href: string): string {
  const files = [...new Set(referencedFiles(profile, href).map(fileName))];
  const wanted = files.length === 0 ? href : files.join(' or ');
  return `The profile imports ${wanted}, which was not given. Choose the profile and that catalog together.`;
}

function fileName(path: string): string {
  return path.replace(/^.*[\\/]/, '');
}

function stem(path: string): string {
  return fileName(path)
    .replace(/\.[A-Za-z]+$/, '')
    .toLowerCase();
}

type Chosen = ReadonlySet<string>;

interface Selecting {
  readonly 'include-all'?: unknown;
  readonly 'include-controls'?: readonly Selection[] | undefined;
  readonly 'exclude-controls'?: readonly Selection[] | undefined;
}

function select(
  catalog: Pick<Catalog, 'controls' | 'groups'>,
  from: Selecting,
  path: readonly (string | number)[],
  faults: ProfileFault[],
): Chosen {
  const all = catalogControls(catalog);
  const byId = new Map(all.map((control) => [control.id, control]));
  const chosen = new Set<string>();
  const wanted = from['include-controls'];
  if (from['include-all'] !== undefined || wanted === undefined) for (const { id } of all) chosen.add(id);
  wanted?.forEach((selection, index) => {
    for (const id of selectedIds(selection, byId, [...path, 'include-controls', index], faults)) chosen.add(id);
  });
  from['exclude-controls']?.forEach((selection, index) => {
    for (const id of selectedIds(selection, byId, [...path, 'exclude-controls', index], faults)) chosen.delete(id);
  });
  return chosen;
}

function selectedIds(
  selection: Selection,
  byId: ReadonlyMap<string, CatalogControl>,
  path: readonly (string | number)[],
  faults: ProfileFault[],
): string[] {
  const ids = (selection['with-ids'] ?? []).filter((id, index) => {
    if (byId.has(id)) return true;
    faults.push({ path: [...path, 'with-ids', index], message: `The imported catalog has no control "${id}".` });
    return false;
  });
  const patterns = (selection.matching ?? []).flatMap(({ pattern }) => (pattern === undefined ? [] : [glob(pattern)]));
  const matched = [...byId.keys()].filter((id) => patterns.some((pattern) => pattern.test(id)));
  const chosen = [...ids, ...matched];
  if (selection['with-child-controls'] !== 'yes') return chosen;
  return chosen.flatMap((id) => [id, ...catalogControls({ controls: byId.get(id)?.controls }).map((child) => child.id)]);
}

/** `*` stands for anything, `?` for one character. */
function glob(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`);
}

interface Selected {
  readonly catalog: Catalog;
  readonly chosen: Chosen;
}

function arrange(profile: Profile, selected: readonly Selected[], faults: ProfileFault[]): Pick<Catalog, 'controls' | 'groups'> {
  const { merge } = profile;
  const taken = new Set<string>();
  // The first of several controls with the same id counts.
  const keep = (control: CatalogControl, chosen: Chosen) => {
    if (!chosen.has(control.id) || taken.has(control.id)) return false;
    taken.add(control.id);
    return true;
  };
  if (merge?.['as-is'] === true) {
    return {
      controls: selected.flatMap(({ catalog, chosen }) => prune(catalog.controls, chosen, keep)),
      groups: selected.flatMap(({ catalog, chosen }) => pruneGroups(catalog.groups, chosen, keep)),
    };
  }
  const flat = selected.flatMap(({ catalog, chosen }) =>
    catalogControls(catalog)
      .filter((control) => keep(control, chosen))
      .map(({ controls: _nested, ...control }): CatalogControl => control),
  );
  if (merge?.custom === undefined) return { controls: flat };
  const place = (groups: readonly CustomGroup[] | undefined, path: readonly (string | number)[]): CatalogGroup[] =>
    (groups ?? []).map(({ id, title, groups: inner, 'insert-controls': inserts }, index) => {
      const here = [...path, index];
      const chosen = (inserts ?? []).map((insert, number) =>
        select({ controls: flat }, insert, [...here, 'insert-controls', number], faults),
      );
      return {
        ...(id === undefined ? {} : { id }),
        title,
        controls: flat.filter((control) => chosen.some((ids) => ids.has(control.id))),
        groups: place(inner, [...here, 'groups']),
      };
    });
  return { groups: place(merge.custom.groups, ['profile', 'merge', 'custom', 'groups']) };
}

type Keep = (control: CatalogControl, chosen: Chosen) => boolean;

/** A chosen control whose parent is not chosen moves up to its place. */
function prune(controls: readonly CatalogControl[] | undefined, chosen: Chosen, keep: Keep): CatalogControl[] {
  return (controls ?? []).flatMap((control) => {
    const kept = keep(control, chosen);
    const inner = prune(control.controls, chosen, keep);
    return kept ? [{ ...control, controls: inner }] : inner;
  });
}

function pruneGroups(groups: readonly CatalogGroup[] | undefined, chosen: Chosen, keep: Keep): CatalogGroup[] {
  return (groups ?? [])
    .map((group) => ({ ...group, controls: prune(group.controls, chosen, keep), groups: pruneGroups(group.groups, chosen, keep) }))
    .filter((group) => group.controls.length > 0 || group.groups.length > 0);
}

/** Changes the selected controls, before they are arranged. */
function modify(profile: Profile, selected: readonly Selected[], faults: ProfileFault[]): void {
  const controls = selected.flatMap(({ catalog, chosen }) => catalogControls(catalog).filter((control) => chosen.has(control.id)));
  const parameters = [
    ...selected.flatMap(({ catalog }) => [...(catalog.params ?? []), ...groupParameters(catalog.groups)]),
    ...controls.flatMap((control) => control.params ?? []),
  ];
  profile.modify?.['set-parameters']?.forEach(({ 'param-id': id, label, values, select: choices }, index) => {
    const found = parameters.filter((parameter) => parameter.id === id);
    if (found.length === 0)
      faults.push({
        path: ['profile', 'modify', 'set-parameters', index, 'param-id'],
        message: `No selected control has the parameter "${id}".`,
      });
    for (const parameter of found) Object.assign(parameter, withoutUndefined({ label, values, select: choices }));
  });
  profile.modify?.alters?.forEach((alteration, index) => {
    const control = controls.find((candidate) => candidate.id === alteration['control-id']);
    const path = ['profile', 'modify', 'alters', index];
    if (control === undefined) {
      const message = `Changes "${alteration['control-id']}", which is not among the selected controls.`;
      faults.push({ path: [...path, 'control-id'], message });
      return;
    }
    for (const id of alter(control, alteration))
      faults.push({ path: [...path, 'adds'], message: `Adds to "${id}", which the control "${control.id}" does not have.` });
  });
}

function groupParameters(groups: readonly CatalogGroup[] | undefined): Parameter[] {
  return (groups ?? []).flatMap((group) => [...(group.params ?? []), ...groupParameters(group.groups)]);
}

/** Removes come before adds, as the order in a profile has them. Gives what an add points at and does not find. */
function alter(control: CatalogControl, { removes, adds }: Alteration): string[] {
  for (const remove of removes ?? []) removeFrom(control, remove);
  return (adds ?? []).flatMap((add) => {
    const id = add['by-id'];
    if (id === undefined || id === control.id) {
      addInside(control, add);
      return [];
    }
    const place = findPart(control, id);
    if (place === null) return [id];
    const beside = add.position === 'before' || add.position === 'after';
    if (beside) place.siblings.splice(place.index + (add.position === 'after' ? 1 : 0), 0, ...(add.parts ?? []));
    else addInside(place.part, add);
    return [];
  });
}

type Remove = NonNullable<Alteration['removes']>[number];
type Add = NonNullable<Alteration['adds']>[number];

/** Takes away the parts, properties, parameters and links that fit every criterion; without a criterion nothing. */
function removeFrom(control: CatalogControl, remove: Remove): void {
  const criteria = (['name', 'class', 'id', 'ns'] as const).flatMap((field) => {
    const wanted = remove[`by-${field}`];
    return wanted === undefined ? [] : [[field, wanted] as const];
  });
  const kind = remove['by-item-name'];
  if (criteria.length === 0 && kind === undefined) return;
  const stays = (itemKind: string) => (item: object) =>
    (kind !== undefined && kind !== itemKind) || !criteria.every(([field, wanted]) => (item as Record<string, unknown>)[field] === wanted);
  const prune = (parts: readonly Part[]): Part[] =>
    parts.filter(stays('part')).map((part) => ({ ...part, ...(part.parts === undefined ? {} : { parts: prune(part.parts) }) }));
  Object.assign(control, {
    ...(control.parts === undefined ? {} : { parts: prune(control.parts) }),
    ...(control.props === undefined ? {} : { props: control.props.filter(stays('prop')) }),
    ...(control.params === undefined ? {} : { params: control.params.filter(stays('param')) }),
    ...(control.links === undefined ? {} : { links: control.links.filter(stays('link')) }),
  });
}

function addInside(target: CatalogControl | Part, add: Add): void {
  const fields = target as Record<string, unknown>;
  for (const name of ['params', 'props', 'links', 'parts'] as const) {
    const more = add[name];
    if (more === undefined) continue;
    const own = (fields[name] as unknown[] | undefined) ?? [];
    fields[name] = add.position === 'starting' ? [...more, ...own] : [...own, ...more];
  }
  if (add.title !== undefined) fields.title = add.title;
}

interface PartPlace {
  readonly part: Part;
  readonly siblings: Part[];
  readonly index: number;
}

function findPart(parent: { parts?: Part[] | undefined }, id: string): PartPlace | null {
  const siblings = parent.parts ?? [];
  for (const [index, part] of siblings.entries()) {
    if (part.id === id) return { part, siblings, index };
    const inner = findPart(part, id);
    if (inner !== null) return inner;
  }
  return null;
}

function withoutUndefined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
