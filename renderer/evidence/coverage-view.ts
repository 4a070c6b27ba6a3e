import { type ControlCoverage, type CoverageFigures, coverageFigures, coverageState, gapsFirst } from '../../shared/domain/coverage.ts';

/** A section of a checklist with its controls, gaps first. */
export interface CoverageSection {
  readonly key: string;
  readonly title: string;
  readonly figures: CoverageFigures;
  readonly controls: readonly ControlCoverage[];
}

export interface CoveragePack {
  readonly packId: string;
  readonly title: string;
  readonly sections: readonly CoverageSection[];
}

/** Sections in checklist order. With `open` only what needs evidence is listed; the figures count everything. */
export function groupCoverage(controls: readonly ControlCoverage[], open: boolean): CoveragePack[] {
  const packs = new Map<string, { title: string; sections: Map<string, ControlCoverage[]> }>();
  for (const control of controls) {
    const pack = packs.get(control.packId) ?? { title: control.packTitle, sections: new Map<string, ControlCoverage[]>() };
    packs.set(control.packId, pack);
    const section = pack.sections.get(control.sectionId);
    if (section === undefined) pack.sections.set(control.sectionId, [control]);
    else section.push(control);
  }
  return [...packs].map(([packId, { title, sections }]) => ({
    packId,
    title,
    sections: [...sections]
      .map(([sectionId, members]) => ({
        key: `${packId}/${sectionId}`,
        title: members[0]?.sectionTitle ?? sectionId,
        figures: coverageFigures(members),
        controls: gapsFirst(members).filter((control) => !open || isOpen(control)),
      }))
      .filter((section) => section.controls.length > 0),
  }));
}

function isOpen(control: ControlCoverage): boolean {
  const state = coverageState(control);
  return state === 'gap' || state === 'part';
}
