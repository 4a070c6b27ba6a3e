import { Check, ChevronDown } from 'lucide-react';
import { workStatuses } from '../../shared/domain/answer.ts';
import type { Method, MethodStep } from '../../shared/domain/control.ts';
import { methods } from '../../shared/domain/control.ts';
import { t } from '../i18n/translate.ts';
import { Button, Menu, WorkStatusLabel } from '../ui/index.ts';
import type { PartProps } from './editing.ts';

/** How far the work is and which methods were performed, with what each method asks for here. */
export function WorkLine({ answer, edit, readOnly, steps }: PartProps & { readonly steps: readonly MethodStep[] }) {
  const toggle = (method: Method) => {
    const chosen = answer.methods.includes(method);
    edit({ methods: methods.filter((name) => (name === method ? !chosen : answer.methods.includes(name))) });
  };
  return (
    <>
      <div className="work-line">
        <span className="muted">{t('walkthrough.work')}</span>
        <Menu
          label={t('walkthrough.work')}
          entries={workStatuses.map((status) => ({
            id: status,
            label: t(`common.work.${status}`),
            ...(status === answer.workStatus ? { icon: <Check aria-hidden="true" /> } : {}),
            run: () => edit({ workStatus: status }),
          }))}
        >
          <Button
            variant="quiet"
            size="small"
            isDisabled={readOnly}
            aria-label={t('walkthrough.work.change', { status: t(`common.work.${answer.workStatus}`) })}
          >
            <span className="work-line__status">
              <WorkStatusLabel status={answer.workStatus} />
              <ChevronDown aria-hidden="true" />
            </span>
          </Button>
        </Menu>
        <fieldset className="work-line__methods" aria-label={t('walkthrough.methods')}>
          {methods.map((method) => {
            const chosen = answer.methods.includes(method);
            return (
              <button
                key={method}
                type="button"
                className="method"
                aria-pressed={chosen}
                disabled={readOnly}
                onClick={() => toggle(method)}
              >
                {chosen ? <Check aria-hidden="true" /> : null}
                {t(`common.method.${method}`)}
              </button>
            );
          })}
        </fieldset>
      </div>
      {steps.length === 0 ? null : (
        <dl className="method-steps">
          {steps.map(({ method, what }) => (
            <div key={`${method} ${what}`} className="method-steps__step">
              <dt>{t(`common.method.${method}`)}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
