import { expect, test } from 'vitest';
import { buildManifest } from '../../../electron/vault/report/manifest.ts';
import type { ReportModel } from '../../../shared/domain/report-model.ts';
import { askTool, hasTool, render } from './fixtures.ts';
import { sampleModel } from './sample-model.ts';

const needsText = hasTool('pdftotext') ? test : test.skip;
const final = sampleModel({ controls: 7, findings: 2, evidence: 2 });

async function textOf(model: ReportModel): Promise<string> {
  const { bytes } = await render(model);
  return (await askTool('pdftotext', ['-layout', 'FILE', '-'], bytes)).replace(/\s+/g, ' ');
}

needsText('evidence without a title goes by its file name; many citations are counted', async () => {
  const citations = Array.from({ length: 11 }, (_, index) => `C-${index + 1}`);
  const text = await textOf({
    ...final,
    evidence: final.evidence.map((item) => ({ ...item, title: '', collector: '', originalName: 'untitled.bin', citations })),
    findings: final.findings.map((finding) => ({ ...finding, state: 'open', citations: [], evidence: [], likelihood: 3, impact: 3 })),
  });
  expect(text).toContain('untitled.bin');
  expect(text).toContain('C-8');
  expect(text).not.toContain('C-9');
});

needsText('citations of one source name it once, the rest is counted, and what needs care is said in words', async () => {
  const citations = [...Array.from({ length: 8 }, (_, index) => `45 CFR 164.${index + 1}`), 'Plan 3.1'];
  const [item] = final.evidence;
  if (item === undefined) throw new Error('The sample is empty.');
  const text = await textOf({
    ...final,
    evidence: [
      { ...item, citations, sensitivity: 'phi' },
      { ...item, label: 'E-900', citations: ['Plan 3.1', '45 CFR 164.9', '45 CFR 164.10'], sensitivity: 'normal' },
    ],
  });
  expect(text).toContain('45 CFR 164.1, 164.2, 164.3');
  expect(text).toContain('and 1 more control ');
  expect(text).toContain('Plan 3.1, 45 CFR 164.9, 164.10');
  expect(text).toContain('health information');
  expect(text).not.toContain(' · normal');
});

needsText('more evidence than anybody reads is cut, says so, and is whole in the manifest', async () => {
  const [item] = final.evidence;
  if (item === undefined) throw new Error('The sample is empty.');
  const evidence = Array.from({ length: 5001 }, (_, index) => ({ ...item, label: `E-${index + 1}`, citations: [] }));
  const labels = evidence.slice(0, 103).map(({ label }) => label);
  const sections = final.sections.map((section) => ({
    ...section,
    controls: section.controls.map((control) => ({ ...control, evidence: labels })),
  }));
  const model = { ...final, sections, evidence };
  const text = await textOf(model);
  expect(text).toContain('The audit has 5,001 pieces of evidence. The first 5,000 are printed here');
  expect(text).toContain('E-5000 ');
  expect(text).not.toContain('E-5001');
  expect(text.split('and 3 more; the attached manifest.json names all of them.')).toHaveLength(
    sections.reduce((sum, { controls }) => sum + controls.length, 1),
  );
  const manifest = buildManifest(model);
  expect(manifest.evidence).toHaveLength(5001);
  expect(manifest.answers[0]?.evidence).toHaveLength(103);
});

needsText.each([10, 14, 18])('the summary shows a bar for each of %i checklists, as far as they fit', async (count) => {
  const [pack] = final.packs;
  const [section] = final.sections;
  if (!pack || !section) throw new Error('The sample is empty.');
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const text = await textOf({
    ...final,
    packs: numbers.map((number) => ({ ...pack, id: `pack-${number}`, title: `Pack ${number}` })),
    sections: numbers.map((number) => ({ ...section, packId: `pack-${number}`, id: `s-${number}`, title: `Part ${number}`, controls: [] })),
  });
  expect(text).toContain(count > 16 ? 'Pack 15' : `Part ${count}`);
});
