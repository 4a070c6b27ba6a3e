import { isCitation, isCrosswalkId, isKnownCitation } from './citation.ts';
import { type ContentFault, type Fields, fieldsOf, listOf } from './content.ts';
import { houseFaults } from './house-rules.ts';

/**
 * Faults of content that the shape alone does not show: ids used twice, vague words, questions that ask the same, citations
 * and links of the wrong shape. Works on any value, so that these faults are told in the same run as those of the shape.
 */

/** Words that promise a measure and give none. A checklist says "within 24 hours" or "at least every 12 months" instead. */
const vagueWords =
  /\b(appropriate(?:ly)?|adequate(?:ly)?|regular(?:ly)?|sufficient(?:ly)?|timely|periodic(?:ally)?|robust|ensures?|properly|effective(?:ly)?|as needed|as necessary|best practices?|where possible|etc)\b/i;

/** Phrases of the rules themselves, with a fixed meaning, in which a vague word is allowed. */
const fixedPhrases = /\bnot reasonable and appropriate\b/gi;

/** Share of common words from which two questions count as the same question. */
const sameQuestionShare = 0.8;

/** Official titles and citations are quoted as they are; everything else is our own wording. */
const wordedFields = ['objective', 'weightReason'] as const;

/** Control ids of the checklists that are there, by checklist id: links to them must lead somewhere. */
export type KnownControls = ReadonlyMap<string, ReadonlySet<string>>;

/** Every fault of content, in the order of the file. Never throws, whatever the value is. */
export function inspectContent(pack: unknown, known: KnownControls = new Map()): ContentFault[] {
  const faults: ContentFault[] = [];
  const watch = (kind: string) => {
    const seen = new Set<string>();
    return (id: unknown, path: readonly PropertyKey[]) => {
      if (typeof id !== 'string') return;
      if (seen.has(id)) faults.push({ path, message: `Duplicate ${kind} "${id}".`, severity: 'error' });
      seen.add(id);
    };
  };
  const sectionSeen = watch('section id');
  const controlSeen = watch('control id');
  const questions: AskedQuestion[] = [];
  const reachable = withOwnControls(pack, known);

  listOf(fieldsOf(pack).sections).forEach((section, s) => {
    sectionSeen(fieldsOf(section).id, ['sections', s, 'id']);
    listOf(fieldsOf(section).controls).forEach((value, c) => {
      const control = fieldsOf(value);
      const here = ['sections', s, 'controls', c];
      controlSeen(control.id, [...here, 'id']);
      faults.push(...controlFaults(control, here), ...houseFaults(control, here), ...danglingLinks(control, here, reachable));
      const questionSeen = watch('question id');
      listOf(control.questions).forEach((item, q) => {
        const question = fieldsOf(item);
        questionSeen(question.id, [...here, 'questions', q, 'id']);
        const text = question.text;
        if (typeof text !== 'string') return;
        questions.push({
          path: [...here, 'questions', q, 'text'],
          place: `${String(control.id)} ${String(question.id)}`,
          words: new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []),
        });
      });
      const methodSeen = watch('method');
      listOf(control.methods).forEach((step, m) => methodSeen(fieldsOf(step).method, [...here, 'methods', m, 'method']));
    });
  });
  return [...faults, ...sameQuestions(questions)];
}

function controlFaults(control: Fields, here: readonly PropertyKey[]): ContentFault[] {
  const faults: ContentFault[] = [];
  const word = (value: unknown, path: readonly PropertyKey[]) => {
    const found = typeof value === 'string' ? vagueWords.exec(value.replace(fixedPhrases, ''))?.[0] : undefined;
    if (found !== undefined)
      faults.push({ path, message: `Vague word "${found}": give a measure, such as a number, a limit or a date.`, severity: 'advice' });
  };
  for (const field of wordedFields) word(control[field], [...here, field]);
  listOf(control.citations).forEach((citation, index) => {
    if (typeof citation === 'string' && isCitation(citation) && !isKnownCitation(citation))
      faults.push({ path: [...here, 'citations', index], message: `Cites what is not there: "${citation}".`, severity: 'error' });
    if (typeof citation === 'string' && !isCitation(citation))
      faults.push({ path: [...here, 'citations', index], message: `Not the shape of such a citation: "${citation}".`, severity: 'error' });
  });
  listOf(control.questions).forEach((question, q) => {
    for (const field of ['text', 'good']) word(fieldsOf(question)[field], [...here, 'questions', q, field]);
  });
  listOf(control.methods).forEach((step, m) => word(fieldsOf(step).what, [...here, 'methods', m, 'what']));
  for (const size of ['small', 'large']) word(fieldsOf(control.guidance)[size], [...here, 'guidance', size]);
  const linked = new Set<string>();
  listOf(control.crosswalk).forEach((item, index) => {
    const { framework, id } = fieldsOf(item);
    if (typeof framework !== 'string' || typeof id !== 'string') return;
    const path = [...here, 'crosswalk', index, 'id'];
    if (!isCrosswalkId(framework, id)) faults.push({ path, message: `Not an id of ${framework}: "${id}".`, severity: 'error' });
    if (linked.has(`${framework} ${id}`)) faults.push({ path, message: `Linked twice to ${framework} "${id}".`, severity: 'error' });
    linked.add(`${framework} ${id}`);
  });
  return faults;
}

function withOwnControls(pack: unknown, known: KnownControls): KnownControls {
  const { id, sections } = fieldsOf(pack);
  if (typeof id !== 'string') return known;
  const own = listOf(sections).flatMap((section) => listOf(fieldsOf(section).controls).map((control) => String(fieldsOf(control).id)));
  return new Map([...known, [id, new Set(own)]]);
}

function danglingLinks(control: Fields, here: readonly PropertyKey[], known: KnownControls): ContentFault[] {
  return listOf(control.crosswalk).flatMap((item, index) => {
    const { framework, id } = fieldsOf(item);
    if (typeof framework !== 'string' || typeof id !== 'string' || known.get(framework)?.has(id) !== false) return [];
    const message = `Points to no control: the checklist ${framework} has no "${id}".`;
    return [{ path: [...here, 'crosswalk', index, 'id'], message, severity: 'error' as const }];
  });
}

interface AskedQuestion {
  readonly path: readonly PropertyKey[];
  readonly place: string;
  readonly words: ReadonlySet<string>;
}

/**
 * Pairs that share most of their words. Two such questions share at least one of their rarest words (prefix filtering), so
 * that a checklist of thousands of questions is not compared each with each.
 */
function sameQuestions(questions: readonly AskedQuestion[]): ContentFault[] {
  const uses = new Map<string, number>();
  for (const { words } of questions) for (const word of words) uses.set(word, (uses.get(word) ?? 0) + 1);
  const byRareWord = new Map<string, AskedQuestion[]>();
  const faults: ContentFault[] = [];
  for (const question of questions) {
    const rarestFirst = [...question.words].sort((a, b) => (uses.get(a) ?? 0) - (uses.get(b) ?? 0) || (a < b ? -1 : 1));
    const rare = rarestFirst.slice(0, question.words.size - Math.ceil(question.words.size * sameQuestionShare) + 1);
    const candidates = new Set(rare.flatMap((word) => byRareWord.get(word) ?? []));
    const same = [...candidates].find((earlier) => shareOfCommonWords(question.words, earlier.words) >= sameQuestionShare);
    if (same !== undefined) {
      faults.push({ path: question.path, message: `Nearly the same question as ${same.place}.`, severity: 'advice' });
      continue;
    }
    for (const word of rare) {
      const users = byRareWord.get(word);
      if (users === undefined) byRareWord.set(word, [question]);
      else users.push(question);
    }
  }
  return faults;
}

function shareOfCommonWords(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const word of one) if (other.has(word)) common += 1;
  return common / (one.size + other.size - common);
}
