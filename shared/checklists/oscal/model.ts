import { z } from 'zod';

/**
 * The parts of OSCAL catalogs and profiles that a checklist is made from (NIST OSCAL 1.0 to 1.2, JSON format). Members that
 * are not named here are let through unread.
 */

const prop = z.looseObject({ name: z.string(), value: z.string(), ns: z.string().optional(), class: z.string().optional() });
const link = z.looseObject({ href: z.string(), rel: z.string().optional() });

const part = z.looseObject({
  id: z.string().optional(),
  name: z.string(),
  ns: z.string().optional(),
  class: z.string().optional(),
  title: z.string().optional(),
  prose: z.string().optional(),
  props: z.array(prop).optional(),
  get parts() {
    return z.array(part).optional();
  },
});

const parameter = z.looseObject({
  id: z.string(),
  label: z.string().optional(),
  values: z.array(z.string()).optional(),
  select: z.looseObject({ 'how-many': z.string().optional(), choice: z.array(z.string()).optional() }).optional(),
});

const control = z.looseObject({
  id: z.string().min(1),
  class: z.string().optional(),
  title: z.string().min(1),
  params: z.array(parameter).optional(),
  props: z.array(prop).optional(),
  links: z.array(link).optional(),
  parts: z.array(part).optional(),
  get controls() {
    return z.array(control).optional();
  },
});

const group = z.looseObject({
  id: z.string().optional(),
  title: z.string().min(1),
  params: z.array(parameter).optional(),
  props: z.array(prop).optional(),
  controls: z.array(control).optional(),
  get groups() {
    return z.array(group).optional();
  },
});

const metadata = z.looseObject({
  title: z.string().min(1),
  version: z.string().min(1),
  'last-modified': z.string().min(1),
  'oscal-version': z.string().regex(/^1\.[012]\.\d+(?:[-+].*)?$/, 'an OSCAL version from 1.0 to 1.2 is expected'),
});

const resource = z.looseObject({
  uuid: z.string(),
  title: z.string().optional(),
  rlinks: z.array(z.looseObject({ href: z.string(), 'media-type': z.string().optional() })).optional(),
});
const backMatter = z.looseObject({ resources: z.array(resource).optional() });

const catalog = z.looseObject({
  uuid: z.string(),
  metadata,
  params: z.array(parameter).optional(),
  controls: z.array(control).optional(),
  groups: z.array(group).optional(),
  'back-matter': backMatter.optional(),
});

const selection = z.looseObject({
  'with-child-controls': z.enum(['yes', 'no']).optional(),
  'with-ids': z.array(z.string()).optional(),
  matching: z.array(z.looseObject({ pattern: z.string().optional() })).optional(),
});

const profileImport = z.looseObject({
  href: z.string().min(1),
  'include-all': z.looseObject({}).optional(),
  'include-controls': z.array(selection).optional(),
  'exclude-controls': z.array(selection).optional(),
});

const customGroup = z.looseObject({
  id: z.string().optional(),
  title: z.string().min(1),
  'insert-controls': z
    .array(
      z.looseObject({
        'include-all': z.looseObject({}).optional(),
        'include-controls': z.array(selection).optional(),
        'exclude-controls': z.array(selection).optional(),
      }),
    )
    .optional(),
  get groups() {
    return z.array(customGroup).optional();
  },
});

const alteration = z.looseObject({
  'control-id': z.string(),
  removes: z
    .array(
      z.looseObject({
        'by-name': z.string().optional(),
        'by-class': z.string().optional(),
        'by-id': z.string().optional(),
        'by-item-name': z.string().optional(),
        'by-ns': z.string().optional(),
      }),
    )
    .optional(),
  adds: z
    .array(
      z.looseObject({
        position: z.enum(['before', 'after', 'starting', 'ending']).optional(),
        'by-id': z.string().optional(),
        title: z.string().optional(),
        params: z.array(parameter).optional(),
        props: z.array(prop).optional(),
        links: z.array(link).optional(),
        parts: z.array(part).optional(),
      }),
    )
    .optional(),
});

const profile = z.looseObject({
  uuid: z.string(),
  metadata,
  imports: z.array(profileImport).min(1),
  merge: z
    .looseObject({
      flat: z.looseObject({}).optional(),
      'as-is': z.boolean().optional(),
      custom: z.looseObject({ groups: z.array(customGroup).optional() }).optional(),
    })
    .optional(),
  modify: z
    .looseObject({
      'set-parameters': z
        .array(
          z.looseObject({
            'param-id': z.string(),
            label: z.string().optional(),
            values: z.array(z.string()).optional(),
            select: parameter.shape.select,
          }),
        )
        .optional(),
      alters: z.array(alteration).optional(),
    })
    .optional(),
  'back-matter': backMatter.optional(),
});

export const catalogDocument = z.looseObject({ catalog });
export const profileDocument = z.looseObject({ profile });

export type Catalog = z.infer<typeof catalog>;
export type CatalogGroup = z.infer<typeof group>;
export type CatalogControl = z.infer<typeof control>;
export type Parameter = z.infer<typeof parameter>;
export type Part = z.infer<typeof part>;
export type Profile = z.infer<typeof profile>;
export type Selection = z.infer<typeof selection>;
export type CustomGroup = z.infer<typeof customGroup>;
export type Alteration = z.infer<typeof alteration>;

/** Every control of a catalog with those nested in it, in document order. */
export function catalogControls(catalog: Pick<Catalog, 'controls' | 'groups'>): CatalogControl[] {
  const nested = (controls: readonly CatalogControl[] = []): CatalogControl[] =>
    controls.flatMap((entry) => [entry, ...nested(entry.controls)]);
  const inGroups = (groups: readonly CatalogGroup[] = []): CatalogControl[] =>
    groups.flatMap((entry) => [...nested(entry.controls), ...inGroups(entry.groups)]);
  return [...nested(catalog.controls), ...inGroups(catalog.groups)];
}
