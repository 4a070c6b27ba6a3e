// The whole main job in the real app. Leaves the signed report, pictures of its pages and screenshots in out/demo.
// With --pictures they also become the pictures of the guide.
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { runEndToEnd } from './e2e.mjs';
import { capture, inProject, out, runScript, StepFailed, say } from './project.mjs';
import { setup } from './setup.mjs';

/** Pages worth a picture, by a heading that only they carry. */
const reportPages = {
  'report-cover': 'SIGNED BY',
  'report-summary': 'Executive summary',
  'report-results': 'Termination procedures',
  'report-findings': 'Recommendation',
  'report-evidence': 'Evidence index',
  'report-verify': 'How to verify this document',
};

await runScript(async () => {
  const folder = join(out, 'demo');
  await setup({ window: true, tests: true });
  await bundle();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const code = await runEndToEnd(['--project=demo', '--reporter=list']);
  if (code !== 0) return code;
  await pictureReportPages(folder);
  if (process.argv.includes('--pictures')) publishPictures(folder);
  say(`The demo is in ${folder}: ${readdirSync(folder).sort().join(', ')}`);
  return 0;
});

/** @param {string} folder */
async function pictureReportPages(folder) {
  const report = join(folder, 'report.pdf');
  const { code, output } = await capture('pdftotext', ['-layout', report, '-']);
  if (code !== 0) throw new StepFailed('pdftotext could not read the report; is poppler-utils installed?');
  const pages = output.split('\f');
  for (const [name, heading] of Object.entries(reportPages)) {
    // The contents on page 2 name every chapter; what is meant is the chapter itself.
    const page = pages.findIndex((text, index) => index !== 1 && text.includes(heading)) + 1;
    if (page === 0) throw new StepFailed(`The report has no page with "${heading}".`);
    await capture('pdftoppm', ['-r', '80', '-png', '-singlefile', '-f', String(page), '-l', String(page), report, join(folder, name)]);
  }
}

/** @param {string} folder */
function publishPictures(folder) {
  const target = inProject('docs/pictures');
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.png'))) copyFileSync(join(folder, name), join(target, name));
}
