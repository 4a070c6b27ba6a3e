import type { Method } from '../../domain/control.ts';
import { isCitation } from '../citation.ts';
import { isSecurityControl } from '../framework-ids.ts';
import type { ControlContent, PackContent } from '../schema.ts';
import { token } from '../schema.ts';
import type { Catalog, CatalogControl, CatalogGroup, Parameter, Part } from './model.ts';
import { plainProse } from './prose.ts';
import { sealbookNamespace } from './to-catalog.ts';

/** A checklist made from an OSCAL catalog, and where in the catalog each of its controls stands. */
export interface CatalogPack {
  readonly content: PackContent;
  /** JSON path of each control in the document, by `section/control` index. */
  readonly places: ReadonlyMap<string, readonly (string | number)[]>;
}

interface Gathered {
  readonly id: string;
  readonly title: string;
  readonly controls: {
    readonly control: CatalogControl;
    readonly path: readonly (string | number)[];
    readonly parameters: ReadonlyMap<string, Parameter>;
  }[];
}

/** Every control becomes one of the checklist, with its id: nested controls follow their parent, nested groups their group. */
export function packFromCatalog(catalog: Catalog, id: string): CatalogPack {
  const { metadata } = catalog;
  const sections = gatherSections(catalog);
  const places = new Map<string, readonly (string | number)[]>();
  sections.forEach((section, s) => section.controls.forEach(({ path }, c) => places.set(`${s}/${c}`, path)));
  const asOf = /^\d{4}-\d{2}-\d{2}/.exec(metadata['last-modified'])?.[0] ?? '1970-01-01';
  return {
    places,
    content: {
      id,
      version: packVersion(metadata.version),
      title: metadata.title,
      summary: `${metadata.title}, version ${metadata.version}.`,
      sources: [{ title: metadata.title, citation: `OSCAL catalog ${catalog.uuid}, version ${metadata.version}`, asOf }],
      sections: sections.map((section) => ({
        id: section.id,
        title: section.title,
        controls: section.controls.map(({ control, parameters }) => toControl(control, section.title, metadata.title, parameters)),
      })),
    },
  };
}

/** `5.1.1+u4` becomes 5.1.1, `1.1` becomes 1.1.0: the first three numbers count. */
export function packVersion(version: string): string {
  const numbers = version.match(/\d+/g) ?? [];
  return [numbers[0] ?? '1', numbers[1] ?? '0', numbers[2] ?? '0'].join('.');
}

function gatherSections(catalog: Catalog): Gathered[] {
  const sections: Gathered[] = [];
  const ids = new Set<string>();
  const uniqueId = (wanted: string) => {
    let id = token.safeParse(wanted).success ? wanted : 'section';
    for (let count = 2; ids.has(id); count += 1) id = `${wanted}-${count}`;
    ids.add(id);
    return id;
  };
  const flatten = (
    controls: readonly CatalogControl[] | undefined,
    path: readonly (string | number)[],
    inherited: ReadonlyMap<string, Parameter>,
  ): Gathered['controls'] =>
    (controls ?? []).flatMap((control, index) => {
      const here = [...path, 'controls', index];
      const parameters = withParameters(inherited, control.params);
      return [{ control, path: here, parameters }, ...flatten(control.controls, here, parameters)];
    });
  const visit = (group: CatalogGroup, path: readonly (string | number)[], inherited: ReadonlyMap<string, Parameter>) => {
    const parameters = withParameters(inherited, group.params);
    const controls = flatten(group.controls, path, parameters);
    if (controls.length > 0) sections.push({ id: uniqueId(group.id ?? slug(group.title)), title: group.title, controls });
    group.groups?.forEach((inner, index) => visit(inner, [...path, 'groups', index], parameters));
  };
  const own = withParameters(new Map(), catalog.params);
  const loose = flatten(catalog.controls, ['catalog'], own);
  if (loose.length > 0) sections.push({ id: uniqueId('controls'), title: catalog.metadata.title, controls: loose });
  catalog.groups?.forEach((group, index) => visit(group, ['catalog', 'groups', index], own));
  return sections;
}

function withParameters(inherited: ReadonlyMap<string, Parameter>, own: readonly Parameter[] | undefined): ReadonlyMap<string, Parameter> {
  return own === undefined ? inherited : new Map([...inherited, ...own.map((parameter) => [parameter.id, parameter] as const)]);
}

function toControl(
  control: CatalogControl,
  group: string,
  catalogTitle: string,
  parameters: ReadonlyMap<string, Parameter>,
): ControlContent {
  const parts = control.parts ?? [];
  const prose = (part: Part) => plainProse(part.prose ?? '', parameters);
  const statement = parts.filter((part) => part.name === 'statement');
  const objective = statement
    .map((part) => wholeText(part, prose))
    .join(' ')
    .trim();
  const overview = parts.find((part) => part.name === 'overview');
  const objectives = parts.filter((part) => part.name === 'assessment-objective' || part.name === 'objective').flatMap(leaves);
  const asked = objectives.length > 0 ? objectives : statement.flatMap(leaves);
  const guidance = (wanted?: string) =>
    parts
      .filter((part) => part.name === 'guidance' && (wanted === undefined ? part.class === undefined : part.class === wanted))
      .map((part) => wholeText(part, prose))
      .join(' ')
      .trim();
  const methods = parts
    .filter((part) => part.name === 'assessment-method' || part.name === 'assessment')
    .flatMap((part) => toMethod(part, prose));
  const examined = parts.filter((part) => methodOf(part) === 'examine').flatMap((part) => objectsOf(part, parameters));
  return {
    id: control.id,
    citations: citationsOf(control, catalogTitle),
    group,
    title: plainProse(control.title, parameters),
    requirement: own(control, 'requirement', ['required', 'addressable', 'standard', 'recommended']) ?? 'required',
    objective: clip(objective === '' ? (overview === undefined ? control.title : prose(overview) || control.title) : objective),
    questions: toQuestions(asked, prose, control.title),
    methods: methods.filter((step, index) => methods.findIndex((other) => other.method === step.method) === index),
    expectedEvidence: listParts(parts, 'expected-evidence', prose) ?? unique(examined).slice(0, 200),
    commonFailures: listParts(parts, 'common-failures', prose) ?? [],
    guidance: { small: clip(guidance('small') || guidance()), large: clip(guidance('large')) },
    weight: Number(own(control, 'weight', ['1', '2', '3', '4', '5']) ?? 3),
    weightReason: control.props?.find((prop) => prop.ns === sealbookNamespace && prop.name === 'weight-reason')?.value ?? '',
    crosswalk: (control.links ?? []).flatMap(toLink),
  };
}

/** Links that this program wrote; others lead to documents. An address that cannot be decoded leads nowhere. */
function toLink(link: { readonly href: string; readonly text?: unknown }): ControlContent['crosswalk'] {
  const [, framework, id] = /^urn:sealbook:control:([^:]+):(.+)$/.exec(link.href) ?? [];
  if (framework === undefined || id === undefined) return [];
  const source = typeof link.text === 'string' && link.text.trim() !== '' ? link.text : 'OSCAL link';
  try {
    return [{ framework, id: decodeURIComponent(id), source }];
  } catch {
    return [];
  }
}

function toQuestions(asked: readonly Part[], prose: (part: Part) => string, title: string): ControlContent['questions'] {
  const ids = new Set<string>();
  const questions = asked
    .filter((part) => prose(part) !== '')
    .map((part, index) => {
      const wanted = part.props?.find((prop) => prop.ns === sealbookNamespace && prop.name === 'question')?.value ?? part.id ?? '';
      const id = token.safeParse(wanted).success && !ids.has(wanted) ? wanted : `q${index + 1}`;
      ids.add(id);
      const nested = (name: string) => part.parts?.find((inner) => inner.ns === sealbookNamespace && inner.name === name)?.prose ?? '';
      return { id, text: clip(asSentence(prose(part))), good: nested('good'), evidence: nested('evidence') };
    });
  // A control that only has a name is still asked for.
  return questions.length === 0 ? [{ id: 'q1', text: title, good: '', evidence: '' }] : questions.slice(0, 200);
}

/** Objectives are written as links of a chain, `logs are kept; and`; a question stands alone. */
function asSentence(text: string): string {
  const whole = text.replace(/[;,]\s*(?:and|or)?$/i, '');
  return `${whole.slice(0, 1).toLocaleUpperCase('en')}${whole.slice(1)}`;
}

/** The parts that are judged: those without parts of their own that say something. */
function leaves(part: Part): Part[] {
  const inner = (part.parts ?? []).filter((child) => child.ns !== sealbookNamespace);
  const deeper = inner.flatMap(leaves);
  if (deeper.length > 0) return deeper;
  return part.prose === undefined || part.prose.trim() === '' ? [] : [part];
}

function wholeText(part: Part, prose: (part: Part) => string): string {
  const label = part.props?.find((prop) => prop.name === 'label' && prop.class !== 'sp800-53a')?.value ?? '';
  const own = prose(part);
  return [part.name === 'item' && own !== '' ? label : '', own, ...(part.parts ?? []).map((child) => wholeText(child, prose))]
    .filter((piece) => piece !== '')
    .join(' ');
}

function methodOf(part: Part): Method | null {
  const value = part.props?.find((prop) => prop.name === 'method')?.value.toLowerCase();
  return value === 'examine' || value === 'interview' || value === 'test' ? value : null;
}

function objectsOf(part: Part, parameters: ReadonlyMap<string, Parameter>): string[] {
  const objects = (part.parts ?? []).filter((inner) => inner.name === 'assessment-objects' || inner.name === 'objects');
  return objects
    .flatMap((inner) => (inner.prose ?? '').split(/\n\s*\n|\n/))
    .map((line) => plainProse(line, parameters))
    .filter((line) => line !== '');
}

function toMethod(part: Part, prose: (part: Part) => string): { method: Method; what: string }[] {
  const method = methodOf(part);
  if (method === null) return [];
  const what = [prose(part), ...(part.parts ?? []).map((inner) => prose(inner))].filter((piece) => piece !== '').join('; ');
  return [{ method, what: clip(what === '' ? method : what) }];
}

function citationsOf(control: CatalogControl, catalogTitle: string): string[] {
  const cited = (control.props ?? []).filter((prop) => prop.ns === sealbookNamespace && prop.name === 'citation').map((prop) => prop.value);
  if (cited.length > 0) return cited;
  if (/800-53\b.*Rev/i.test(catalogTitle) && /\b5(?:\.\d+)*\b/.test(catalogTitle) && isSecurityControl(control.id)) {
    const [family = '', rest = ''] = control.id.split('-');
    const [number = '', enhancement] = rest.split('.');
    return [`NIST SP 800-53 Rev. 5 ${family.toUpperCase()}-${number}${enhancement === undefined ? '' : `(${enhancement})`}`];
  }
  const label = control.props?.find((prop) => prop.name === 'label' && prop.class === undefined)?.value ?? control.id;
  const named = `${catalogTitle.slice(0, 120)}, ${label}`;
  // A catalog may bear the name of a source whose citations have a shape of their own, which its labels need not have.
  return [isCitation(named) ? named : `OSCAL: ${named}`];
}

function own<Value extends string>(control: CatalogControl, name: string, allowed: readonly Value[]): Value | undefined {
  const value = control.props?.find((prop) => prop.ns === sealbookNamespace && prop.name === name)?.value;
  return allowed.find((candidate) => candidate === value);
}

function listParts(parts: readonly Part[], name: string, prose: (part: Part) => string): string[] | undefined {
  const found = parts.find((part) => part.ns === sealbookNamespace && part.name === name);
  return found?.parts?.map(prose).filter((text) => text !== '');
}

function slug(title: string): string {
  return (
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^[-\p{N}]+|-+$/gu, '') || 'section'
  );
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** The longest text a checklist holds. */
function clip(text: string): string {
  return text.length <= 20_000 ? text : `${text.slice(0, 19_999)}…`;
}
