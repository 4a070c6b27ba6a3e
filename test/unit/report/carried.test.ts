import { expect, test } from 'vitest';
import { askTool, hasTool, render } from './fixtures.ts';
import { sampleModel } from './sample-model.ts';

const needsText = hasTool('pdftotext') ? test : test.skip;

needsText('a carried answer names its origin, and says when it was judged on its own since', async () => {
  const model = sampleModel({ controls: 3, findings: 0, evidence: 0 });
  const origins = [{ citation: 'Origin 1', inSync: true }, { citation: 'Origin 2', inSync: false }, undefined];
  let next = 0;
  const sections = model.sections.map((section) => ({
    ...section,
    controls: section.controls.map((control) => {
      const carriedFrom = origins[next];
      next += 1;
      return carriedFrom === undefined ? control : { ...control, carriedFrom };
    }),
  }));
  const { bytes } = await render({ ...model, sections });
  const words = (await askTool('pdftotext', ['FILE', '-'], bytes)).replace(/\s+/g, ' ');
  expect(words).toContain('Origin 2; judged on its own since');
  expect(words).toContain('Origin 1');
  expect(words).not.toContain('Origin 1; judged');
});
