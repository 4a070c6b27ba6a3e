import type { CrosswalkLink } from '../../shared/domain/control.ts';
import { hasMessage, t } from '../i18n/translate.ts';
import { Section } from '../ui/index.ts';

/** Links of one framework together, in the order in which the frameworks first occur. */
export function byFramework(links: readonly CrosswalkLink[]): { readonly framework: string; readonly links: readonly CrosswalkLink[] }[] {
  const groups = new Map<string, CrosswalkLink[]>();
  for (const link of links) groups.set(link.framework, [...(groups.get(link.framework) ?? []), link]);
  return [...groups].map(([framework, members]) => ({ framework, links: members }));
}

/** The framework's name where it is a known one. */
function frameworkName(framework: string): string {
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

/** The ids alone, for the narrow column. */
export function CrosswalkIds({ links }: { readonly links: readonly CrosswalkLink[] }) {
  return (
    <dl className="crosswalk-ids">
      {byFramework(links).map((group) => (
        <div key={group.framework}>
          <dt>{frameworkName(group.framework)}</dt>
          <dd>
            {group.links.map((link) => (
              <span key={link.id} className="mono">
                {printedId(link)}
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Where else the same thing is asked, and who says so. */
export function Crosswalk({ links }: { readonly links: readonly CrosswalkLink[] }) {
  if (links.length === 0) return <p className="inspector__parts muted">{t('walkthrough.crosswalk.none')}</p>;
  return (
    <div className="inspector__parts">
      {byFramework(links).map((group) => (
        <Section key={group.framework} title={frameworkName(group.framework)}>
          <ul className="inspector__lines">
            {group.links.map((link) => (
              <li key={link.id}>
                <span className="mono">{printedId(link)}</span>
                <p className="muted crosswalk__source">{t('walkthrough.crosswalk.source', { source: link.source })}</p>
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}
