import { useState } from 'react';
import { controlKey } from '../../shared/domain/ids.ts';
import type { Relative } from '../../shared/domain/relations.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, Checkbox, Dialog, ErrorNotice, showToast, VerdictIcon, verdictWord } from '../ui/index.ts';
import type { CarryProps } from './carry.tsx';
import { named } from './controller.ts';
import { requirementWords } from './crosswalk-words.ts';

export interface CarryDialogProps extends CarryProps {
  readonly free: readonly Relative[];
  readonly byKey: ReadonlyMap<string, ControlRow>;
  readonly onClose: () => void;
}

/** Which of the controls that ask the same take the answer over. Chosen at first: those unanswered that cite the same requirement. */
export function CarryDialog({ auditId, detail, answer, free, byKey, saveFirst, onClose }: CarryDialogProps) {
  const [chosen, setChosen] = useState(
    () =>
      new Set(free.filter((relative) => relative.direct && byKey.get(controlKey(relative))?.verdict === 'not-assessed').map(controlKey)),
  );
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const choose = (key: string, selected: boolean) => {
    const next = new Set(chosen);
    if (selected) next.add(key);
    else next.delete(key);
    setChosen(next);
  };
  const carry = async () => {
    setBusy(true);
    setError(null);
    try {
      await saveFirst();
      const targets = free.filter((relative) => chosen.has(controlKey(relative))).map(named);
      const { carried } = await call('answers.carry', { auditId, ...named(detail.answer), targets });
      showToast({ title: t('walkthrough.carry.done', { count: carried }), tone: 'success' });
      onClose();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('walkthrough.carry.title')}
      onSubmit={() => void carry()}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" isPending={busy} isDisabled={chosen.size === 0}>
            {t('walkthrough.carry.action', { count: chosen.size })}
          </Button>
        </>
      }
    >
      <p>
        <VerdictIcon verdict={answer.verdict} />{' '}
        {t('walkthrough.carry.what', { verdict: verdictWord(answer.verdict), count: detail.evidence.length })}
      </p>
      <ul className="carry-list" aria-label={t('walkthrough.related.title')}>
        {free.map((relative) => {
          const key = controlKey(relative);
          const row = byKey.get(key);
          if (row === undefined) return null;
          const answered = row.verdict !== 'not-assessed';
          return (
            <li key={key} className="carry-list__item">
              <Checkbox isSelected={chosen.has(key)} onChange={(selected) => choose(key, selected)}>
                {row.title}
                <span className="carry-list__facts">
                  {row.citation} ·{' '}
                  {t('walkthrough.carry.because', { requirement: requirementWords(relative.requirement), source: relative.source })}
                </span>
                {answered ? (
                  <span className="carry-list__facts carry-list__replaces">
                    {t('walkthrough.carry.replaces', { verdict: verdictWord(row.verdict) })}
                  </span>
                ) : null}
              </Checkbox>
            </li>
          );
        })}
      </ul>
      <p className="muted">{t('walkthrough.carry.later')}</p>
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}
