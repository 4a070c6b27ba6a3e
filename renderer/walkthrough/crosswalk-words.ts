import type { CrosswalkLink } from '../../shared/domain/control.ts';
import { hasMessage, t } from '../i18n/translate.ts';

/** Links of one framework together, in the order in which the frameworks first occur. */
export function byFramework(links: readonly CrosswalkLink[]): { readonly framework: string; readonly links: readonly CrosswalkLink[] }[] {
  const groups = new Map<string, CrosswalkLink[]>();
  for (const link of links) groups.set(link.framework, [...(groups.get(link.framework) ?? []), link]);
  return [...groups].map(([framework, members]) => ({ framework, links: members }));
}

/** The framework's name where it is a known one. */
export function frameworkName(framework: string): string {
  const key = `walkthrough.framework.${framework}`;
  return hasMessage(key) ? t(key) : framework;
}

/** Ids of NIST SP 800-53 as the publication prints them: `ac-2.3` is AC-2(3). Others stay as they are. */
export function printedId({ framework, id }: Pick<CrosswalkLink, 'framework' | 'id'>): string {
  return framework.startsWith('nist-800-53') ? id.toUpperCase().replace(/\.(\d+)$/, '($1)') : id;
}

/** A requirement as relations name it, `nist-800-53r5 ac-2.3`, in words: NIST SP 800-53 Rev. 5 AC-2(3). */
export function requirementWords(requirement: string): string {
  const space = requirement.indexOf(' ');
  const framework = requirement.slice(0, space);
  return `${frameworkName(framework)} ${printedId({ framework, id: requirement.slice(space + 1) })}`;
}
