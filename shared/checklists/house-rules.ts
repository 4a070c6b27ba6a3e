import { counted } from '../domain/count.ts';
import type { ContentFault, Fields } from './content.ts';
import { fieldsOf, listOf } from './content.ts';

/**
 * What every checklist of ours keeps to, beyond the shape: each question answerable by looking, each control with methods,
 * evidence, failures and guidance. A checklist from elsewhere may leave these out; it is told so and used as it is.
 */

const fewestQuestions = 2;
const mostQuestions = 8;
const mostQuestionWords = 40;

/** What a control lacks of the house rules. */
export function houseFaults(control: Fields, here: readonly PropertyKey[]): ContentFault[] {
  const faults: ContentFault[] = [];
  const advise = (path: readonly PropertyKey[], message: string) => faults.push({ path: [...here, ...path], message, severity: 'advice' });
  const missing = (value: unknown, path: readonly PropertyKey[], what: string) => {
    if (typeof value === 'string' && value.trim() === '') advise(path, `Empty: say ${what}.`);
  };
  const empty = (field: string, what: string) => {
    if (Array.isArray(control[field]) && listOf(control[field]).length === 0) advise([field], `None given: say ${what}.`);
  };
  const questions = listOf(control.questions);
  if (questions.length > 0 && (questions.length < fewestQuestions || questions.length > mostQuestions))
    advise(['questions'], `Has ${counted(questions.length, 'question')}; a control asks ${fewestQuestions} to ${mostQuestions}.`);
  questions.forEach((value, index) => {
    const question = fieldsOf(value);
    const path = ['questions', index];
    if (typeof question.text === 'string') {
      const text = question.text.trim();
      if (!text.endsWith('?')) advise([...path, 'text'], `Must end with a question mark; found ${JSON.stringify(text.slice(-20))}.`);
      const words = text.split(/\s+/).length;
      if (words > mostQuestionWords) advise([...path, 'text'], `Must not be longer than ${mostQuestionWords} words; has ${words}.`);
    }
    missing(question.good, [...path, 'good'], 'what good looks like');
    missing(question.evidence, [...path, 'evidence'], 'which evidence shows it');
  });
  empty('methods', 'what to examine, whom to interview or what to test');
  empty('expectedEvidence', 'which evidence to expect');
  empty('commonFailures', 'what often goes wrong');
  missing(fieldsOf(control.guidance).small, ['guidance', 'small'], 'how a small organisation does it');
  missing(fieldsOf(control.guidance).large, ['guidance', 'large'], 'how a large organisation does it');
  missing(control.weightReason, ['weightReason'], 'why it weighs that much');
  return faults;
}
