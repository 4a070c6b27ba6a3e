import type { CrosswalkLink } from '../../shared/domain/control.ts';
import { t } from '../i18n/translate.ts';
import { Section } from '../ui/index.ts';
import { byFramework, frameworkName, printedId } from './crosswalk-words.ts';

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
