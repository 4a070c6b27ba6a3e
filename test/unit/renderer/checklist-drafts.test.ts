import { describe, expect, it } from 'vitest';
import {
  addControl,
  addQuestion,
  addSection,
  changeControl,
  changeSection,
  controlAt,
  moveControl,
  moveSection,
  removeControl,
  removeSection,
} from '../../../renderer/checklists/draft-content.ts';
import { requirementWords } from '../../../renderer/walkthrough/crosswalk-words.ts';
import { changedParts } from '../../../renderer/walkthrough/earlier-parts.ts';
import type { PackDraftContent } from '../../../shared/domain/pack-entry.ts';

const empty: PackDraftContent = { id: '', version: '1.0.0', title: '', summary: '', sources: [], sections: [] };

describe('the draft of a checklist', () => {
  it('gets sections and controls with ids of their own, and never changes what was there', () => {
    const one = addControl(addControl(addSection(empty), 0), 0);
    expect(empty.sections).toEqual([]);
    expect(one.sections[0]).toMatchObject({ id: 'section-1', controls: [{ id: 'control-1' }, { id: 'control-2' }] });
    const fewer = removeControl(one, { section: 0, control: 0 });
    expect(addControl(fewer, 0).sections[0]?.controls.map((control) => control.id)).toEqual(['control-2', 'control-3']);
    const two = addSection(changeSection(one, 0, 'Doors'));
    expect(two.sections.map((section) => section.title)).toEqual(['Doors', '']);
    expect(removeSection(two, 0).sections).toHaveLength(1);
  });

  it('changes one control and gives each question an id', () => {
    const content = addControl(addSection(empty), 0);
    const place = { section: 0, control: 0 };
    const control = controlAt(content, place);
    if (control === undefined) throw new Error('No control');
    const changed = changeControl(content, place, addQuestion({ ...control, title: 'Locks' }));
    expect(controlAt(changed, place)).toMatchObject({ title: 'Locks', questions: [{ id: 'q1' }, { id: 'q2' }, { id: 'q3' }] });
    expect(controlAt(changed, { section: 4, control: 0 })).toBeUndefined();
  });
});

it('sections and controls move one place, and stay where they are at the ends', () => {
  const content = addControl(addControl(addSection(addSection(empty)), 0), 0);
  const ids = (draft: PackDraftContent) => draft.sections[0]?.controls.map((control) => control.id);
  expect(ids(moveControl(content, { section: 0, control: 0 }, 1))).toEqual(['control-2', 'control-1']);
  expect(ids(moveControl(content, { section: 0, control: 0 }, -1))).toEqual(['control-1', 'control-2']);
  expect(ids(moveControl(content, { section: 0, control: 7 }, -1))).toEqual(['control-1', 'control-2']);
  expect(moveSection(content, 1, -1).sections.map((section) => section.id)).toEqual(['section-2', 'section-1']);
  expect(moveSection(content, 1, 1)).toEqual(content);
});

describe('what changed in a control', () => {
  const control = controlAt(addControl(addSection(empty), 0), { section: 0, control: 0 });
  if (control === undefined) throw new Error('No control');
  const question = { id: 'q1', text: 'Is it locked?', good: 'Yes.', evidence: '' };

  it('is named part by part, questions that came and went among them', () => {
    const before = { ...control, objective: 'Old.', requirement: 'required' as const, questions: [question] };
    const after = {
      ...control,
      objective: 'New.',
      requirement: 'recommended' as const,
      questions: [
        { ...question, text: 'Is it shut?' },
        { ...question, id: 'q2' },
      ],
    };
    expect(changedParts(before, after)).toEqual([
      { name: 'Requirement', before: 'Required', after: 'Recommended' },
      { name: 'Objective', before: 'Old.', after: 'New.' },
      { name: 'Question 1', before: 'Is it locked? Yes.', after: 'Is it shut? Yes.' },
      { name: 'Question 2', before: '', after: 'Is it locked? Yes.' },
    ]);
  });

  it('is nothing where only the guidance is another', () => {
    expect(changedParts(control, { ...control, guidance: { small: 'x', large: 'y' } })).toEqual([]);
  });
});

it('a requirement is told in the words of its framework', () => {
  expect(requirementWords('nist-800-53r5 ac-2.3')).toBe('NIST SP 800-53 Rev. 5 AC-2(3)');
  expect(requirementWords('hipaa 164.312(b)')).toBe('HIPAA, 45 CFR 164.312(b)');
  expect(requirementWords('house d-1')).toBe('house d-1');
});
