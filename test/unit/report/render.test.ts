import { describe, expect, test } from 'vitest';
import { openPdf } from '../../../electron/vault/report/pdf/file.ts';
import type { ReportControl, ReportModel } from '../../../shared/domain/report-model.ts';
import { askTool, hasTool, render } from './fixtures.ts';
import { sampleModel } from './sample-model.ts';

const needs = (tool: string) => (hasTool(tool) ? test : test.skip);

/** Text as it is compared: white space at line ends and hyphenation by the page do not matter. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}

async function textOf(model: ReportModel): Promise<string> {
  const { bytes } = await render(model);
  return askTool('pdftotext', ['-layout', 'FILE', '-'], bytes);
}

/** The sample with its first control changed. */
function withFirstControl(model: ReportModel, change: Partial<ReportControl>): ReportModel {
  const [section, ...others] = model.sections;
  const [control, ...rest] = section?.controls ?? [];
  if (!section || !control) throw new Error('The sample has no control.');
  return { ...model, sections: [{ ...section, controls: [{ ...control, ...change }, ...rest] }, ...others] };
}

const final = sampleModel();
const rendered = await render(final);

describe('the rendered report', () => {
  test('is the same, byte for byte, for the same model', async () => {
    const again = await render(structuredClone(final));
    expect(Buffer.compare(again.bytes, rendered.bytes)).toBe(0);
  });

  test('differs when the model differs', async () => {
    const other = await render({ ...final, revision: 2 });
    expect(Buffer.compare(other.bytes, rendered.bytes)).not.toBe(0);
  });

  test('can be opened by our own reader and has as many pages as it says', () => {
    const file = openPdf(rendered.bytes);
    const root = file.dictionary(file.trailer, 'Root');
    const pages = root && file.dictionary(root, 'Pages');
    expect(pages && file.resolve(pages.entries.get('Count'))).toBe(rendered.pages);
  });

  needs('qpdf')('passes qpdf --check', async () => {
    expect(await askTool('qpdf', ['--check', 'FILE'], rendered.bytes)).toContain('No syntax or stream encoding errors found');
  });

  needs('pdffonts')('embeds every font, with Unicode', async () => {
    const fonts = (await askTool('pdffonts', ['FILE'], rendered.bytes)).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThanOrEqual(3);
    for (const line of fonts) expect(line).toMatch(/IBMPlex.*\byes yes yes\b/);
  });

  needs('pdfinfo')('is tagged, titled and of the right paper', async () => {
    const information = await askTool('pdfinfo', ['FILE'], rendered.bytes);
    expect(information).toMatch(/Tagged:\s+yes/);
    expect(information).toMatch(/Title:\s+Compliance audit report · Northgate Clinic · SB-2026-0147 r1/);
    expect(information).toContain('(A4)');
    const letter = await render({ ...final, paper: 'letter' });
    expect(await askTool('pdfinfo', ['FILE'], letter.bytes)).toContain('(letter)');
  });

  needs('pdfinfo')('has headings, lists, tables and figures in its structure', async () => {
    const structure = await askTool('pdfinfo', ['-struct', 'FILE'], rendered.bytes);
    for (const tag of ['Document', 'H1', 'H2', 'H3', 'Table', 'TR', 'TH', 'TD', 'Figure', 'LBody'])
      expect(structure).toMatch(new RegExp(`\\b${tag}\\b`));
  });

  needs('pdftotext')('prints every control with its citation, rationale and questions', async () => {
    const text = squeezed(await askTool('pdftotext', ['FILE', '-'], rendered.bytes));
    for (const section of final.sections) {
      for (const control of section.controls) {
        expect(text).toContain(squeezed(control.title));
        expect(text).toContain(squeezed(control.citations.join(', ')));
        for (const question of control.questions) expect(text).toContain(squeezed(question.text));
      }
    }
    expect(text).toContain(squeezed('Zoë Brønsted-Łukasiewicz'));
    expect(text).toContain(squeezed('(>= 4 a year)'));
  });

  needs('pdftotext')('prints every finding, task, person and full evidence hash', async () => {
    const text = squeezed(await askTool('pdftotext', ['FILE', '-'], rendered.bytes));
    for (const finding of final.findings) expect(text).toContain(squeezed(`${finding.label} ${finding.title}`));
    for (const person of final.people) expect(text).toContain(squeezed(person.email));
    for (const item of final.evidence) {
      expect(text).toContain(item.sha256.slice(0, 32));
      expect(text).toContain(item.sha256.slice(-16));
    }
    expect(text).toContain(squeezed('Stop the bleeding'));
    expect(text).toContain(final.trailHead.hash);
  });

  needs('pdftotext')('says where every page stands, and names the verifier', async () => {
    const pages = (await askTool('pdftotext', ['-layout', 'FILE', '-'], rendered.bytes)).split('\f').slice(0, -1);
    expect(pages).toHaveLength(rendered.pages);
    for (const [index, page] of pages.entries()) {
      if (index > 0) expect(page).toContain(`${index + 1} of ${rendered.pages}`);
      expect(page).toContain('SB-2026-0147 r1');
    }
    expect(pages.at(-1)).toContain('sealbook verify REPORT.pdf');
  });

  needs('pdftotext')('keeps the executive summary on one page, whatever is typed', async () => {
    const endless = 'The clinic has many words to say about itself. '.repeat(2000);
    const sections = Array.from({ length: 40 }, (_, index) => ({ ...final.sections[2], id: `s${index}` })) as ReportModel['sections'];
    for (const model of [
      {
        ...final,
        audit: {
          ...final.audit,
          summary: endless,
          limits: endless,
          scope: endless,
          organisation: endless.slice(0, 400),
          title: endless.slice(0, 900),
        },
      },
      { ...sampleModel({ findings: 60 }), sections },
    ]) {
      const pages = (await textOf(model)).split('\f');
      const summary = pages.findIndex((page) => page.trimStart().startsWith('Executive summary'));
      expect(pages[summary]).toContain('Limits');
      expect(pages[summary + 1]?.trimStart()).toMatch(/^Scope and method/);
    }
  });
});

describe('a draft', () => {
  const draft = sampleModel({ draft: true });

  needs('pdftotext')('carries the word on every page and lists the open checks', async () => {
    const { bytes, pages } = await render(draft);
    const text = await askTool('pdftotext', ['FILE', '-'], bytes);
    const stamped = text.split('\f').filter((page) => page.includes('DRAFT'));
    expect(stamped).toHaveLength(pages);
    expect(text).toContain('Open checks');
    expect(text).toContain('Required control without a verdict');
  });

  needs('pdftotext')('without open checks says so; a final report has no such chapter', async () => {
    expect(await textOf({ ...draft, checks: [] })).toContain('No check is open.');
    expect(await textOf(final)).not.toContain('Open checks');
  });
});

describe('unusual content', () => {
  needs('pdftotext')('is printed in full when it is very long', async () => {
    const rationale = Array.from({ length: 15_000 }, (_, index) => `w${index}`).join(' ');
    const word = `${'x'.repeat(9_990)}END-OF-WORD`;
    const text = squeezed(await textOf(withFirstControl(final, { rationale: `${rationale}\n\n${word}` })));
    expect(text).toContain('w14999');
    expect(text).toContain('w7500');
    expect(text).toContain('END-OF-WORD');
    expect((text.match(/x/g) ?? []).length).toBeGreaterThan(9_990);
  });

  needs('pdftotext')('shows characters no font holds by their number, and never drops them', async () => {
    const text = squeezed(await textOf(withFirstControl(final, { rationale: 'a\u0007b\tc\u202Ed 🔒 𝄞 日本\r\nπ ж → é' })));
    for (const sign of ['[U+0007]', '[U+202E]', '🔒', '[U+1D11E]', '日本', 'π', 'ж', '->', 'é']) expect(text).toContain(sign);
  });

  needs('pdftotext')('breaks rows and findings that are taller than a page', async () => {
    const tall = Array.from({ length: 400 }, (_, index) => `line${index}`).join('\n');
    const [finding, ...others] = final.findings;
    if (!finding) throw new Error('The sample has no finding.');
    const model = withFirstControl(
      { ...final, findings: [{ ...finding, condition: tall }, ...others] },
      { questions: [{ id: 'q', text: tall, value: 'partial', note: 'n' }], title: 'A title that is very long. '.repeat(60) },
    );
    const text = await textOf(model);
    expect((text.match(/line399\b/g) ?? []).length).toBe(2);
    expect((text.match(/line0\b/g) ?? []).length).toBe(2);
  });

  needs('qpdf')('of markup and broken text in names keeps the file sound', async () => {
    const odd = '<b>&"\')(\\ \u0000 \ud800 ]]> %PDF /ByteRange [0 1 2 3]';
    const model: ReportModel = {
      ...final,
      number: odd,
      audit: { ...final.audit, organisation: odd, title: odd },
      signer: { ...final.signer, name: odd, fingerprint: 'short' },
      createdAt: 'not a time',
    };
    const { bytes } = await render(model);
    expect(await askTool('qpdf', ['--check', 'FILE'], bytes)).toContain('No syntax or stream encoding errors found');
    expect(Buffer.from(bytes).includes('&lt;b&gt;&amp;')).toBe(true);
  });

  needs('pdftotext')('that is hardly there at all still makes a report', async () => {
    const empty: ReportModel = {
      ...final,
      score: null,
      packs: [],
      sections: [],
      findings: [],
      tasks: [],
      evidence: [],
      people: [],
      audit: {
        ...final.audit,
        title: '',
        organisation: '',
        scope: '',
        sites: [],
        systems: [],
        periodFrom: '',
        periodTo: '',
        summary: '',
        limits: '',
      },
      signer: { name: '', role: '', fingerprint: '' },
      trailHead: { sequence: 0, hash: '' },
    };
    const text = await textOf(empty);
    for (const words of [
      'Nothing applies',
      'The audit raised no findings.',
      'No evidence was attached.',
      'No corrective work is planned.',
      'No limits were stated.',
    ]) {
      expect(text).toContain(words);
    }
  });

  needs('pdftotext')('of controls is shown as it is: flags, decisions, missing evidence', async () => {
    const model = withFirstControl(final, {
      citations: [],
      objective: '',
      rationale: '',
      verdict: 'compliant',
      statementAlone: true,
      addressableDecision: 'not-reasonable-and-appropriate',
      sample: { population: null, size: 7, deviations: 1, seed: '', description: '' },
      evidence: ['E-999'],
      findings: ['F-99'],
      questions: [],
    });
    const text = await textOf({ ...model, tasks: model.tasks.map((task) => ({ ...task, phase: '', finding: '', successCriteria: '' })) });
    for (const words of [
      'Compliant on statement alone',
      'Documented as not reasonable and appropriate',
      '7 items, 1 deviation',
      'not in the evidence index',
      'Finding F-99',
      'Without phase',
    ]) {
      expect(text).toContain(words);
    }
  });
});

describe('a large report', () => {
  test('of 600 controls, 100 findings and 300 pieces of evidence is rendered in seconds', async () => {
    const started = performance.now();
    const { pages } = await render(sampleModel({ controls: 600, findings: 100, evidence: 300 }));
    expect(pages).toBeGreaterThan(150);
    expect((performance.now() - started) / pages).toBeLessThan(60);
  });
});
