import type { Control, Section as PackSection } from '../../shared/domain/control.ts';
import { t } from '../i18n/translate.ts';
import { Badge, Section } from '../ui/index.ts';
import { Fold } from '../walkthrough/fold.tsx';
import { Guidance } from '../walkthrough/guidance.tsx';

/** A checklist as it will be walked: sections, controls, questions. Controls open one by one. */
export function PackControls({ sections }: { readonly sections: readonly PackSection[] }) {
  return sections.map((section, index) => (
    // Ids of a draft may be empty or twice.
    // biome-ignore lint/suspicious/noArrayIndexKey: the order is the identity here
    <Section key={index} title={section.title} aside={t('checklists.controls', { count: section.controls.length })}>
      <div className="pack-controls">
        {section.controls.map((control, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is the identity here
          <Fold key={position} title={control.title} summary={control.citations.join(', ')}>
            {() => <PackControl control={control} />}
          </Fold>
        ))}
      </div>
    </Section>
  ));
}

/** One control as the auditor will see it. */
export function PackControl({ control }: { readonly control: Control }) {
  return (
    <div className="pack-control">
      <p className="text-column">
        <Badge>{t(`common.requirement.${control.requirement}`)}</Badge> {control.objective}
      </p>
      <ol className="pack-control__questions">
        {control.questions.map((question, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is the identity here
          <li key={index}>
            {question.text}
            {question.good === '' ? null : (
              <span className="pack-control__good">
                {t('walkthrough.question.good')}: {question.good}
              </span>
            )}
            {question.evidence === '' ? null : (
              <span className="pack-control__good">
                {t('walkthrough.question.evidence')}: {question.evidence}
              </span>
            )}
          </li>
        ))}
      </ol>
      {control.methods.length === 0 ? null : (
        <dl className="method-steps">
          {control.methods.map(({ method, what }) => (
            <div key={method} className="method-steps__step">
              <dt>{t(`common.method.${method}`)}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      )}
      <Guidance control={control} />
    </div>
  );
}
