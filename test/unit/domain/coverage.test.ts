import { describe, expect, it } from 'vitest';
import { type ControlCoverage, coverageFigures, coverageState, gapsFirst, placeTicks } from '../../../shared/domain/coverage.ts';
import type { EvidenceId } from '../../../shared/domain/ids.ts';

const [one, two] = ['one', 'two'] as unknown as [EvidenceId, EvidenceId];

function control(controlId: string, change: Partial<ControlCoverage> = {}): ControlCoverage {
  return {
    packId: 'pack',
    controlId,
    packTitle: 'Pack',
    sectionId: 'section',
    sectionTitle: 'Section',
    citation: '',
    title: controlId,
    verdict: 'not-assessed',
    entries: [],
    earlier: [],
    evidence: [],
    ...change,
  };
}

const gap = control('gap', { entries: [{ text: 'list', pieces: [] }] });
const part = control('part', {
  evidence: [one],
  entries: [
    { text: 'list', pieces: [one] },
    { text: 'minutes', pieces: [] },
  ],
});
const whole = control('whole', { evidence: [one], entries: [{ text: 'list', pieces: [one] }] });
const free = control('free', { verdict: 'not-applicable', entries: [{ text: 'list', pieces: [] }] });

describe('coverage of a control', () => {
  it('is a gap without evidence, in part while an entry is open, whole when every entry is shown', () => {
    expect([gap, part, whole, free].map(coverageState)).toEqual(['gap', 'part', 'whole', 'not-needed']);
    expect(coverageState(control('nothing expected', { evidence: [one] }))).toBe('whole');
  });

  it('is counted over the controls that apply', () => {
    expect(coverageFigures([whole, free, part, gap])).toEqual({
      expected: 4,
      shown: 2,
      states: { gap: 1, part: 1, whole: 1, 'not-needed': 1 },
    });
  });

  it('is listed with the gaps first, otherwise in the order of the checklist', () => {
    const second = control('second gap');
    expect(gapsFirst([free, whole, gap, part, second])).toEqual([gap, second, part, whole, free]);
  });
});

describe('ticks', () => {
  it('stand at the text they were made for, in the order of the linked pieces', () => {
    const ticks = [
      { text: 'list', evidenceId: two },
      { text: 'list', evidenceId: one },
    ];
    expect(placeTicks(['list', 'minutes'], [one, two], ticks)).toEqual({
      entries: [
        { text: 'list', pieces: [one, two] },
        { text: 'minutes', pieces: [] },
      ],
      earlier: [],
    });
  });

  it('of texts that are gone are kept beside them while their piece is linked', () => {
    const ticks = [
      { text: 'old', evidenceId: one },
      { text: 'older', evidenceId: two },
    ];
    expect(placeTicks(['new'], [one], ticks)).toEqual({
      entries: [{ text: 'new', pieces: [] }],
      earlier: [{ text: 'old', pieces: [one] }],
    });
  });
});
