import type { Control, Pack } from './control.ts';
import { type ControlReference, controlKey } from './ids.ts';

/**
 * Which controls of different checklists ask the same. Two controls are relatives where one points to a requirement that the
 * other one cites, or where both point to the same requirement of a third framework.
 */

export interface Relative extends ControlReference {
  /** The requirement the two have in common, such as `nist-800-53r5 ac-2`. */
  readonly requirement: string;
  /** Who says so: the source of the link, or of both links where they differ. */
  readonly source: string;
  /** Whether one of the two cites or points to the other; otherwise they only have a third requirement in common. */
  readonly direct: boolean;
}

const citedSource = 'citation';

/** Requirement of a citation in the words of the crosswalk; `null` where the citation is of no framework with a crosswalk. */
export function requirementOfCitation(citation: string): string | null {
  const regulation = /^45 CFR (16[024]\.\d{3}.*)$/.exec(citation)?.[1];
  if (regulation !== undefined) return `hipaa ${regulation}`;
  const article = /^GDPR (Art\. .+)$/.exec(citation)?.[1];
  if (article !== undefined) return `gdpr ${article}`;
  const security = /^NIST SP 800-53 Rev\. 5 ([A-Z]{2}-\d+)(?:\((\d+)\))?$/.exec(citation);
  if (security?.[1] === undefined) return null;
  return `nist-800-53r5 ${security[1].toLowerCase()}${security[2] === undefined ? '' : `.${security[2]}`}`;
}

/** What a control answers to, with the source of each: its citations, its links and, for links to a checklist, its own id. */
function requirementsOf(packId: string, control: Control): Map<string, string> {
  const requirements = new Map<string, string>([[`${packId} ${control.id}`, citedSource]]);
  for (const { framework, id, source } of control.crosswalk) {
    requirements.set(`${framework} ${id}`, source);
  }
  for (const citation of control.citations) {
    const requirement = requirementOfCitation(citation);
    if (requirement !== null) requirements.set(requirement, citedSource);
  }
  return requirements;
}

/** Finds the relatives of controls among a fixed set of checklists; the index is made once. */
export function relativesAmong(packs: readonly Pack[]): (reference: ControlReference) => readonly Relative[] {
  const byRequirement = new Map<string, { readonly reference: ControlReference; readonly source: string }[]>();
  const requirements = new Map<string, Map<string, string>>();
  for (const pack of packs) {
    for (const control of pack.sections.flatMap((section) => section.controls)) {
      const reference = { packId: pack.id, controlId: control.id };
      const own = requirementsOf(pack.id, control);
      requirements.set(controlKey(reference), own);
      for (const [requirement, source] of own) {
        const users = byRequirement.get(requirement);
        if (users === undefined) byRequirement.set(requirement, [{ reference, source }]);
        else users.push({ reference, source });
      }
    }
  }
  return (reference) => {
    const found = new Map<string, Relative>();
    for (const [requirement, source] of requirements.get(controlKey(reference)) ?? []) {
      for (const other of byRequirement.get(requirement) ?? []) {
        const key = controlKey(other.reference);
        if (other.reference.packId === reference.packId) continue;
        const direct = source === citedSource || other.source === citedSource;
        if (found.get(key)?.direct === true || (found.has(key) && !direct)) continue;
        found.set(key, { ...other.reference, requirement, source: commonSource(source, other.source), direct });
      }
    }
    return [...found.values()].sort((one, other) => Number(other.direct) - Number(one.direct));
  };
}

function commonSource(one: string, other: string): string {
  if (one === other || other === citedSource) return one;
  return one === citedSource ? other : `${one}; ${other}`;
}

/** How many controls of each checklist have a relative in each other one: `covered` of `controls`. */
export function coverageBetween(packs: readonly Pack[]): { from: string; to: string; covered: number; controls: number }[] {
  const relatives = relativesAmong(packs);
  return packs.flatMap((from) => {
    const controls = from.sections.flatMap((section) => section.controls);
    const reached = controls.map((control) => new Set(relatives({ packId: from.id, controlId: control.id }).map((other) => other.packId)));
    return packs
      .filter((to) => to.id !== from.id)
      .map((to) => ({ from: from.id, to: to.id, covered: reached.filter((ids) => ids.has(to.id)).length, controls: controls.length }));
  });
}
