import type { Control } from '../../shared/domain/control.ts';
import type { PackDraftContent } from '../../shared/domain/pack-entry.ts';

/** Changes of a checklist that is being written; each gives a new content and leaves the old one as it was. */

export interface ControlPlace {
  readonly section: number;
  readonly control: number;
}

export function controlAt(content: PackDraftContent, place: ControlPlace): Control | undefined {
  return content.sections[place.section]?.controls[place.control];
}

export function addSection(content: PackDraftContent): PackDraftContent {
  const id = freeId('section', new Set(content.sections.map((section) => section.id)));
  return { ...content, sections: [...content.sections, { id, title: '', controls: [] }] };
}

export function changeSection(content: PackDraftContent, index: number, title: string): PackDraftContent {
  return { ...content, sections: content.sections.map((section, position) => (position === index ? { ...section, title } : section)) };
}

export function removeSection(content: PackDraftContent, index: number): PackDraftContent {
  return { ...content, sections: content.sections.filter((_, position) => position !== index) };
}

/** A new control with an id of its own and two empty questions, as few as a control asks. */
export function addControl(content: PackDraftContent, section: number): PackDraftContent {
  const ids = new Set(content.sections.flatMap((other) => other.controls).map((control) => control.id));
  const control: Control = {
    id: freeId('control', ids),
    citations: [],
    group: content.sections[section]?.title ?? '',
    title: '',
    requirement: 'required',
    objective: '',
    questions: [emptyQuestion('q1'), emptyQuestion('q2')],
    methods: [],
    expectedEvidence: [],
    commonFailures: [],
    guidance: { small: '', large: '' },
    weight: 3,
    weightReason: '',
    crosswalk: [],
  };
  return withControls(content, section, (controls) => [...controls, control]);
}

export function changeControl(content: PackDraftContent, place: ControlPlace, control: Control): PackDraftContent {
  return withControls(content, place.section, (controls) =>
    controls.map((other, position) => (position === place.control ? control : other)),
  );
}

/** One place up or down within its section; at the end nothing moves. */
export function moveControl(content: PackDraftContent, place: ControlPlace, by: 1 | -1): PackDraftContent {
  return withControls(content, place.section, (controls) => moved(controls, place.control, by));
}

export function moveSection(content: PackDraftContent, index: number, by: 1 | -1): PackDraftContent {
  return { ...content, sections: moved(content.sections, index, by) };
}

function moved<Item>(items: readonly Item[], index: number, by: 1 | -1): readonly Item[] {
  const [item] = items.slice(index, index + 1);
  if (item === undefined || index + by < 0 || index + by >= items.length) return items;
  const others = items.filter((_, position) => position !== index);
  return [...others.slice(0, index + by), item, ...others.slice(index + by)];
}

export function removeControl(content: PackDraftContent, place: ControlPlace): PackDraftContent {
  return withControls(content, place.section, (controls) => controls.filter((_, position) => position !== place.control));
}

/** A question under the first number that is free. */
export function addQuestion(control: Control): Control {
  const id = freeId('q', new Set(control.questions.map((question) => question.id)), '');
  return { ...control, questions: [...control.questions, emptyQuestion(id)] };
}

function emptyQuestion(id: string): Control['questions'][number] {
  return { id, text: '', good: '', evidence: '' };
}

function withControls(
  content: PackDraftContent,
  section: number,
  change: (controls: readonly Control[]) => readonly Control[],
): PackDraftContent {
  return {
    ...content,
    sections: content.sections.map((other, position) => (position === section ? { ...other, controls: change(other.controls) } : other)),
  };
}

function freeId(stem: string, taken: ReadonlySet<string>, joint = '-'): string {
  let number = taken.size + 1;
  while (taken.has(`${stem}${joint}${number}`)) number += 1;
  return `${stem}${joint}${number}`;
}
