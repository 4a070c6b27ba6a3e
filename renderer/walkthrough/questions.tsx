import './questions.css';
import { ChevronRight, Plus } from 'lucide-react';
import { useState } from 'react';
import type { QuestionAnswer, QuestionValue } from '../../shared/domain/answer.ts';
import { questionValues } from '../../shared/domain/answer.ts';
import type { Question } from '../../shared/domain/control.ts';
import { t } from '../i18n/translate.ts';
import { TextArea } from '../ui/index.ts';
import type { PartProps } from './editing.ts';

const unanswered: QuestionAnswer = { value: null, note: '' };

/** The questions of a control, each with its own answer, note, and what a good answer looks like. */
export function Questions({ questions, ...part }: PartProps & { readonly questions: readonly Question[] }) {
  if (questions.length === 0) return null;
  return (
    <section className="pane-part" aria-labelledby="questions-title">
      <h3 id="questions-title">{t('walkthrough.questions')}</h3>
      <ol className="questions">
        {questions.map((question, index) => (
          <QuestionItem key={question.id} question={question} number={index + 1} {...part} />
        ))}
      </ol>
    </section>
  );
}

function QuestionItem({
  question,
  number,
  answer,
  edit,
  flush,
  readOnly,
}: PartProps & { readonly question: Question; readonly number: number }) {
  const given = answer.questions[question.id] ?? unanswered;
  const [noteOpened, setNoteOpened] = useState(false);
  const [goodOpened, setGoodOpened] = useState(false);
  const noteShown = given.note !== '' || noteOpened;
  const change = (patch: Partial<QuestionAnswer>, typed: boolean) => edit({ questions: { [question.id]: { ...given, ...patch } } }, typed);
  // Pressing the given answer again takes it away.
  const choose = (value: QuestionValue) => change({ value: given.value === value ? null : value }, false);
  return (
    <li className="question">
      <span className="question__number numeric" aria-hidden="true">
        {number}
      </span>
      <div className="question__body">
        <p id={`question-${number}`} className="question__text">
          {question.text}
        </p>
        <p className="question__tools">
          <button type="button" className="question__tool" aria-expanded={goodOpened} onClick={() => setGoodOpened(!goodOpened)}>
            <ChevronRight aria-hidden="true" />
            {t('walkthrough.question.good')}
            <span className="visually-hidden">, {number}</span>
          </button>
          {noteShown || readOnly ? null : (
            <button type="button" className="question__tool" onClick={() => setNoteOpened(true)}>
              <Plus aria-hidden="true" />
              {t('walkthrough.question.addNote')}
              <span className="visually-hidden">, {number}</span>
            </button>
          )}
        </p>
        {goodOpened ? (
          <div className="question__more">
            <p>{question.good}</p>
            <p>
              <span className="question__label">{t('walkthrough.question.evidence')}:</span> {question.evidence}
            </p>
          </div>
        ) : null}
        {noteShown ? (
          <TextArea
            label={t('walkthrough.question.noteFor', { number })}
            hideLabel
            placeholder={t('walkthrough.question.note')}
            rows={1}
            className="question__note"
            value={given.note}
            onChange={(note) => change({ note }, true)}
            onBlur={flush}
            isReadOnly={readOnly}
            // Opened by the auditor a moment ago, to write in it.
            autoFocus={noteOpened}
          />
        ) : null}
      </div>
      <fieldset
        className="question__answers"
        aria-label={t('walkthrough.question.answer', { number })}
        aria-describedby={`question-${number}`}
      >
        {questionValues.map((value) => (
          <button
            key={value}
            type="button"
            className={`choice choice--${value}`}
            aria-pressed={given.value === value}
            disabled={readOnly}
            onClick={() => choose(value)}
          >
            {t(`walkthrough.question.${value}`)}
          </button>
        ))}
      </fieldset>
    </li>
  );
}
