import { describe, expect, test } from 'vitest';
import { buildManifest } from '../../../electron/vault/report/manifest.ts';
import type { ReportModel } from '../../../shared/domain/report-model.ts';
import { askTool, hasTool, render } from './fixtures.ts';
import { sampleModel } from './sample-model.ts';

const needsText = hasTool('pdftotext') ? test : test.skip;

async function wordsOf(model: ReportModel): Promise<string> {
  const { bytes } = await render(model);
  return (await askTool('pdftotext', ['FILE', '-'], bytes)).replace(/\s+/g, ' ');
}

describe('the redaction profile of a report', () => {
  const old = sampleModel();

  needsText('is not mentioned in a model from before there were profiles, neither in print nor in the manifest', async () => {
    expect(await wordsOf(old)).not.toMatch(/Redaction|redacted/);
    expect(buildManifest(old)).not.toHaveProperty('redaction');
  });

  needsText('is printed with the scope when originals are named', async () => {
    const model: ReportModel = { ...old, redaction: { profile: 'originals', copies: 0, withheld: 0 } };
    expect(await wordsOf(model)).toContain('Redaction Evidence is named as it was received.');
    expect(buildManifest(model).redaction).toEqual(model.redaction);
  });

  needsText.each([
    [0, 0, 'No piece has such a copy. The originals'],
    [1, 1, 'Copies stand for 1 piece. 1 sensitive piece has none; its title and file name are withheld. The originals'],
    [3, 2, 'Copies stand for 3 pieces. 2 sensitive pieces have none; their titles and file names are withheld. The originals'],
  ])('tells of %i copies and %i pieces withheld', async (copies, withheld, words) => {
    expect(await wordsOf({ ...old, redaction: { profile: 'redacted', copies, withheld } })).toContain(words);
  });

  needsText('is seen in the evidence index: whose copy it is, and that title and name are withheld', async () => {
    const [first, second] = old.evidence;
    if (first === undefined || second === undefined) throw new Error('The sample has too little evidence.');
    const words = await wordsOf({
      ...old,
      redaction: { profile: 'redacted', copies: 1, withheld: 1 },
      evidence: [
        { ...first, redactedFrom: 'E-999' },
        { ...second, title: '', originalName: '', withheld: true },
      ],
    });
    expect(words).toContain('Redacted copy of E-999');
    expect(words).toContain('Title and file name withheld');
    expect(words).toContain('a redacted copy stands for its original');
    expect(words).not.toContain(second.originalName);
  });
});
