import type { Pack } from '../../domain/control.ts';
import type { Catalog, CatalogControl, Part } from './model.ts';

/** Marks what OSCAL has no place for, so that an exported checklist comes back as it was. */
export const sealbookNamespace = 'urn:sealbook:oscal:1';

const oscalVersion = '1.1.3';

/** A checklist as an OSCAL catalog: sections as groups, controls under their own ids, questions as assessment objectives. */
export function catalogFromPack(pack: Pack, uuid: string, lastModified: string): { catalog: Catalog } {
  return {
    catalog: {
      uuid,
      metadata: {
        title: pack.title,
        'last-modified': lastModified,
        version: pack.version,
        'oscal-version': oscalVersion,
        remarks: pack.summary,
      },
      groups: pack.sections.map((section) => ({
        id: section.id,
        title: section.title,
        controls: section.controls.map(toControl),
      })),
    },
  };
}

function toControl(control: Pack['sections'][number]['controls'][number]): CatalogControl {
  const mark = (name: string, value: string) => ({ name, ns: sealbookNamespace, value });
  const parts: Part[] = [
    { id: `${control.id}_smt`, name: 'statement', prose: control.objective },
    ...control.questions.map(
      (question, index): Part => ({
        id: `${control.id}_obj.${index + 1}`,
        name: 'assessment-objective',
        props: [mark('question', question.id)],
        prose: question.text,
        parts: [
          ...(question.good === '' ? [] : [{ name: 'good', ns: sealbookNamespace, prose: question.good }]),
          ...(question.evidence === '' ? [] : [{ name: 'evidence', ns: sealbookNamespace, prose: question.evidence }]),
        ],
      }),
    ),
    ...control.methods.map(
      ({ method, what }): Part => ({
        id: `${control.id}_asm-${method}`,
        name: 'assessment-method',
        props: [{ name: 'method', ns: 'http://csrc.nist.gov/ns/rmf', value: method.toUpperCase() }],
        parts: [{ name: 'assessment-objects', prose: what }],
      }),
    ),
    ...(control.guidance.small === ''
      ? []
      : [{ id: `${control.id}_gdn`, name: 'guidance', class: 'small', prose: control.guidance.small }]),
    ...(control.guidance.large === ''
      ? []
      : [{ id: `${control.id}_gdn-large`, name: 'guidance', class: 'large', prose: control.guidance.large }]),
    ...list('expected-evidence', control.expectedEvidence),
    ...list('common-failures', control.commonFailures),
  ];
  return {
    id: control.id,
    title: control.title,
    props: [
      { name: 'label', value: control.id },
      mark('requirement', control.requirement),
      mark('weight', String(control.weight)),
      ...(control.weightReason === '' ? [] : [mark('weight-reason', control.weightReason)]),
      ...control.citations.map((citation) => mark('citation', citation)),
    ],
    ...(control.crosswalk.length === 0
      ? {}
      : {
          links: control.crosswalk.map(({ framework, id, source }) => ({
            href: `urn:sealbook:control:${framework}:${encodeURIComponent(id)}`,
            rel: 'related',
            text: source,
          })),
        }),
    parts,
  };
}

function list(name: string, entries: readonly string[]): Part[] {
  if (entries.length === 0) return [];
  return [{ name, ns: sealbookNamespace, parts: entries.map((entry) => ({ name: 'item', prose: entry })) }];
}
