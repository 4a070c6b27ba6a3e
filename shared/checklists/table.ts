import type { Control, CrosswalkLink, Pack, Question } from '../domain/control.ts';
import type { FilePlace, PackFault } from '../domain/pack-fault.ts';
import { judgePack, type PackReading } from './judge.ts';
import type { KnownControls } from './wording.ts';

/**
 * A checklist as a table, for people who write in a spreadsheet: one row a question. The control's own columns are filled in
 * its first row and left empty, or repeated, in the rows of its further questions. Several entries in one cell stand on lines
 * of their own.
 */

export interface Cell {
  readonly text: string;
  readonly place: FilePlace;
}

/** What the table does not say: the checklist itself. */
export type TableHead = Pick<Pack, 'id' | 'version' | 'title' | 'summary' | 'sources'>;

interface Column {
  readonly title: string;
  /** Path of the value in a control, as faults name it; questions have theirs. */
  readonly path: readonly PropertyKey[];
  readonly of: 'control' | 'question';
  readonly needed: boolean;
  readonly note: string;
}

export const tableColumns = [
  { title: 'Section', path: ['group'], of: 'control', needed: true, note: 'Heading under which the control is listed' },
  {
    title: 'Control id',
    path: ['id'],
    of: 'control',
    needed: true,
    note: 'A letter first, then letters, digits, ".", "-" or "_"; never changed later',
  },
  { title: 'Citations', path: ['citations'], of: 'control', needed: true, note: 'One a line' },
  { title: 'Control', path: ['title'], of: 'control', needed: true, note: 'Short title' },
  {
    title: 'Requirement',
    path: ['requirement'],
    of: 'control',
    needed: false,
    note: 'required, addressable, standard or recommended; required when empty',
  },
  { title: 'Objective', path: ['objective'], of: 'control', needed: true, note: 'One sentence: how it is when it is met' },
  { title: 'Question', path: ['text'], of: 'question', needed: true, note: 'Answerable by looking; at most 40 words' },
  { title: 'What good looks like', path: ['good'], of: 'question', needed: false, note: 'With a measure: a number, a limit, a date' },
  { title: 'Shown by', path: ['evidence'], of: 'question', needed: false, note: 'The artefact that shows it' },
  { title: 'Examine', path: ['methods'], of: 'control', needed: false, note: 'What to read' },
  { title: 'Interview', path: ['methods'], of: 'control', needed: false, note: 'Whom to ask' },
  { title: 'Test', path: ['methods'], of: 'control', needed: false, note: 'What to try, on how many' },
  { title: 'Expected evidence', path: ['expectedEvidence'], of: 'control', needed: false, note: 'One a line' },
  { title: 'Common failures', path: ['commonFailures'], of: 'control', needed: false, note: 'One a line' },
  { title: 'Small organisation', path: ['guidance', 'small'], of: 'control', needed: false, note: 'Guidance' },
  { title: 'Large organisation', path: ['guidance', 'large'], of: 'control', needed: false, note: 'Guidance' },
  { title: 'Weight', path: ['weight'], of: 'control', needed: false, note: '1 to 5; 3 when empty' },
  { title: 'Why this weight', path: ['weightReason'], of: 'control', needed: false, note: '' },
  {
    title: 'Crosswalk',
    path: ['crosswalk'],
    of: 'control',
    needed: false,
    note: 'One a line: framework, id, source; for example: nist-800-53r5 ac-2 own judgement',
  },
] as const satisfies readonly Column[];

type Title = (typeof tableColumns)[number]['title'];

/** The rows of a checklist, titles first. */
export function tableFromPack(pack: Pick<Pack, 'sections'>): string[][] {
  const rows: string[][] = [tableColumns.map((column) => column.title)];
  for (const section of pack.sections) {
    for (const control of section.controls) {
      control.questions.forEach((question, index) => {
        const cells = { ...(index === 0 ? controlCells(section.title, control) : {}), ...questionCells(question) } as Partial<
          Record<Title, string>
        >;
        rows.push(tableColumns.map((column) => (column.title === 'Control id' ? control.id : (cells[column.title] ?? ''))));
      });
    }
  }
  return rows;
}

function controlCells(section: string, control: Control): Partial<Record<Title, string>> {
  const method = (name: string) => control.methods.find((step) => step.method === name)?.what ?? '';
  return {
    Section: section,
    Citations: control.citations.join('\n'),
    Control: control.title,
    Requirement: control.requirement,
    Objective: control.objective,
    Examine: method('examine'),
    Interview: method('interview'),
    Test: method('test'),
    'Expected evidence': control.expectedEvidence.join('\n'),
    'Common failures': control.commonFailures.join('\n'),
    'Small organisation': control.guidance.small,
    'Large organisation': control.guidance.large,
    Weight: String(control.weight),
    'Why this weight': control.weightReason,
    Crosswalk: control.crosswalk.map(({ framework, id, source }) => `${framework} ${id.replaceAll(' ', '_')} ${source}`).join('\n'),
  };
}

function questionCells(question: Question): Partial<Record<Title, string>> {
  return { Question: question.text, 'What good looks like': question.good, 'Shown by': question.evidence };
}

interface Draft {
  readonly value: Record<string, unknown> & { id: string; questions: Record<string, unknown>[] };
  readonly cells: Map<Title, Cell>;
  readonly questionCells: Map<Title, Cell>[];
}

/** Reads a table as a checklist: every fault with its cell, in one run. `earlier` are faults found while the cells were read. */
export function readTable(
  rows: readonly (readonly Cell[])[],
  file: string,
  head: TableHead,
  earlier: readonly PackFault[] = [],
  known?: KnownControls,
): PackReading {
  const [titles = [], ...body] = rows;
  const faults: PackFault[] = [...earlier];
  const fault = (place: FilePlace, message: string, path = '') => faults.push({ file, ...place, path, message, severity: 'error' });
  const columns = new Map<Title, number>();
  titles.forEach((cell, index) => {
    const title = cell.text.trim();
    const column = tableColumns.find((candidate) => candidate.title.toLowerCase() === title.toLowerCase());
    if (title === '') return;
    if (column === undefined)
      fault(cell.place, `Unknown column "${title}"; known are ${tableColumns.map((candidate) => candidate.title).join(', ')}.`);
    else if (columns.has(column.title)) fault(cell.place, `The column "${title}" is there twice.`);
    else columns.set(column.title, index);
  });
  const start = titles[0]?.place ?? { line: 1, column: 1 };
  for (const column of tableColumns)
    if (column.needed && !columns.has(column.title)) fault(start, `The column "${column.title}" is missing.`);
  if (faults.length > earlier.length) return { ok: false, faults };

  const sections = new Map<string, Draft[]>();
  let current: Draft | undefined;
  let section = '';
  for (const row of body) {
    const [leading] = row;
    if (leading === undefined || row.every((cell) => cell.text.trim() === '')) continue;
    const cells = new Map<Title, Cell>();
    for (const [title, index] of columns) {
      const cell = row[index];
      if (cell !== undefined && cell.text.trim() !== '') cells.set(title, cell);
    }
    const id = cells.get('Control id')?.text.trim() ?? '';
    if (current === undefined || (id !== '' && id !== current.value.id)) {
      section = cells.get('Section')?.text.trim() ?? section;
      if (section === '') fault(leading.place, 'The first control names no section.');
      current = startControl(id, section, cells, fault, leading.place);
      const drafts = sections.get(section);
      if (drafts === undefined) sections.set(section, [current]);
      else drafts.push(current);
    } else contradictions(current, cells, fault);
    const questionCells = new Map(
      [...cells].filter(([title]) => title === 'Question' || title === 'What good looks like' || title === 'Shown by'),
    );
    if (questionCells.size === 0 && current.value.questions.length > 0) continue;
    const text = (title: Title) => cells.get(title)?.text.trim() ?? '';
    current.questionCells.push(questionCells.size === 0 ? new Map([['Question', leading]]) : questionCells);
    current.value.questions.push({
      id: `q${current.value.questions.length + 1}`,
      text: text('Question'),
      good: text('What good looks like'),
      evidence: text('Shown by'),
    });
  }
  const drafts = [...sections.values()];
  const value = {
    ...head,
    sections: [...sections].map(([title, controls], index) => ({
      id: `section-${index + 1}`,
      title,
      controls: controls.map((draft) => draft.value),
    })),
  };
  const reading = judgePack(value, file, (path) => placeIn(drafts, path, start), {
    rules: 'custom',
    ...(known === undefined ? {} : { known }),
  });
  if (faults.length === 0) return reading;
  return { ok: false, faults: [...faults, ...(reading.ok ? [] : reading.faults)] };
}

type Fault = (place: FilePlace, message: string) => void;

function startControl(id: string, section: string, cells: Map<Title, Cell>, fault: Fault, place: FilePlace): Draft {
  const text = (title: Title) => cells.get(title)?.text.trim() ?? '';
  const lines = (title: Title) => linesOf(text(title));
  if (id === '') fault(place, 'The control has no id.');
  const weight = text('Weight');
  const value: Draft['value'] = {
    id,
    citations: lines('Citations'),
    group: section,
    title: text('Control'),
    requirement: text('Requirement').toLowerCase() || 'required',
    objective: text('Objective'),
    questions: [],
    methods: (['Examine', 'Interview', 'Test'] as const).flatMap((title) =>
      text(title) === '' ? [] : [{ method: title.toLowerCase(), what: text(title) }],
    ),
    expectedEvidence: lines('Expected evidence'),
    commonFailures: lines('Common failures'),
    guidance: { small: text('Small organisation'), large: text('Large organisation') },
    weight: weight === '' ? 3 : /^\d+$/.test(weight) ? Number(weight) : weight,
    weightReason: text('Why this weight'),
    crosswalk: linksIn(cells.get('Crosswalk'), fault),
  };
  return { value, cells, questionCells: [] };
}

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The links of a cell, one a line. */
function linksIn(cell: Cell | undefined, fault: Fault): CrosswalkLink[] {
  if (cell === undefined) return [];
  return linesOf(cell.text).flatMap((line) => {
    const [framework, id, ...source] = line.split(/\s+/);
    if (framework === undefined || id === undefined) {
      fault(cell.place, `A link is a framework, an id and a source; found "${line}".`);
      return [];
    }
    return [{ framework, id: id.replaceAll('_', ' '), source: source.join(' ') || 'own judgement' }];
  });
}

/** A further row of a control may repeat what the first one says, but not say something else. */
function contradictions(current: Draft, cells: ReadonlyMap<Title, Cell>, fault: Fault): void {
  for (const { title, of } of tableColumns) {
    const cell = cells.get(title);
    if (of === 'question' || cell === undefined) continue;
    const first = title === 'Section' ? String(current.value.group) : (current.cells.get(title)?.text.trim() ?? '');
    if (cell.text.trim() !== first)
      fault(
        cell.place,
        `Differs from the first row of the control "${current.value.id}", which has ${first === '' ? 'nothing' : `"${first.slice(0, 60)}"`}.`,
      );
  }
}

function placeIn(sections: readonly (readonly Draft[])[], path: readonly PropertyKey[], start: FilePlace): FilePlace {
  const draft = sections[Number(path[1])]?.[Number(path[3])];
  if (draft === undefined) return start;
  const [field, index, inner] = path.slice(4);
  if (field === 'questions' && typeof index === 'number') {
    const cells = draft.questionCells[index];
    const column = tableColumns.find((candidate) => candidate.of === 'question' && candidate.path[0] === inner);
    return (column === undefined ? undefined : cells?.get(column.title)?.place) ?? cells?.values().next().value?.place ?? start;
  }
  const nested = field === 'guidance' ? index : undefined;
  const column = tableColumns.find(
    (candidate) => candidate.of === 'control' && candidate.path[0] === field && candidate.path[1] === nested,
  );
  return (column === undefined ? undefined : draft.cells.get(column.title)?.place) ?? draft.cells.values().next().value?.place ?? start;
}
