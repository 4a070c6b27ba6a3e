import { describe, expect, test } from 'vitest';
import { layOutCustody } from '../../../electron/vault/report/render/custody-form.ts';
import { openFonts } from '../../../electron/vault/report/render/fonts.ts';
import { paint } from '../../../electron/vault/report/render/paint.ts';
import type { CustodyDocument, CustodyRecord } from '../../../shared/domain/custody.ts';
import { askTool, fontsDirectory, hasTool, render } from './fixtures.ts';
import { sampleModel } from './sample-model.ts';

/** Papers with names and titles in the scripts of the world. */

const needs = (tool: string) => (hasTool(tool) ? test : test.skip);
const fonts = openFonts(fontsDirectory);

const names: Readonly<Record<string, { readonly title: string; readonly person: string; readonly file: string }>> = {
  Hebrew: { title: 'דוח כניסות לחדר השרתים', person: 'ד״ר מרים כהן', file: 'Report דוח 2026.pdf' },
  Arabic: { title: 'سجل دخول غرفة الخوادم', person: 'مُحَمَّد علي', file: 'ملف (3).pdf' },
  Chinese: { title: '服务器机房门禁记录，附访问日志', person: '王晓明', file: '记录（2026年）.pdf' },
  Japanese: { title: 'サーバー室の入退室記録', person: '山田 太郎', file: '入退室「2026年」.pdf' },
  Korean: { title: '서버실 출입 기록', person: '김민수', file: '출입기록 2026.pdf' },
  Thai: { title: 'บันทึกการเข้าออกห้องเซิร์ฟเวอร์', person: 'สมชาย ใจดี', file: 'บันทึก 2026.pdf' },
  Devanagari: { title: 'सर्वर कक्ष प्रवेश रजिस्टर', person: 'राजेश शर्मा', file: 'रजिस्टर.pdf' },
  emoji: { title: 'Photos 📷 of the lock 🔒 👩\u200d💻', person: 'Ada 😀 Lindqvist', file: 'photo 📷.jpg' },
};

function recordOf(script: string): CustodyRecord {
  const { title = '', person = '', file = '' } = names[script] ?? {};
  const hash = 'a'.repeat(64);
  const at = '2026-05-04T10:11:12.345Z';
  const handOver = { from: person, to: title, at, purpose: title, reference: file };
  return {
    label: 'E-001',
    title,
    description: `${title}. ${person}: ${file}. `.repeat(4),
    source: person,
    method: title,
    collectedAt: at,
    collector: person,
    effectiveFrom: '',
    effectiveTo: '',
    sensitivity: 'normal',
    retainUntil: '',
    originalName: file,
    mediaType: '',
    size: 5,
    sha256: hash,
    receivedAt: at,
    receivedBy: person,
    controls: [title],
    replaces: '',
    replacedBy: '',
    destroyedAt: '',
    events: [{ sequence: 1, action: 'transferred', at, person, detail: title, handOver, before: hash, after: hash }],
    check: { holds: true, checked: 1, firstBroken: null },
  };
}

function formOf(...scripts: string[]): Uint8Array {
  const { title = '', person = '' } = names[scripts[0] ?? ''] ?? {};
  const source: CustodyDocument = {
    organisation: title,
    audit: person,
    printedAt: '2026-06-01T08:00:00.000Z',
    printedBy: person,
    trail: { sequence: 9, hash: 'c'.repeat(64) },
    records: scripts.map(recordOf),
  };
  return paint(layOutCustody(source, fonts), fonts);
}

/** What has a shape of its own on paper. */
const visible = (text: string) => [...text].filter((character) => !/[\s\u200d]/.test(character));

describe('a custody form', () => {
  for (const script of Object.keys(names)) {
    needs('pdftotext')(`in ${script} has every character, and none as a number`, async () => {
      const text = (await askTool('pdftotext', ['FILE', '-'], formOf(script))).normalize('NFC');
      const { title = '', person = '', file = '' } = names[script] ?? {};
      for (const character of visible(title + person + file)) expect(text).toContain(character);
      expect(text).not.toContain('[U+');
    });
  }

  needs('pdftotext')('gives words back in the order they are read in', async () => {
    const text = await askTool('pdftotext', ['FILE', '-'], formOf(...Object.keys(names)));
    for (const word of ['השרתים', 'الخوادم', '服务器机房门禁记录', 'サーバー室の入退室記録', '서버실 출입 기록'])
      expect(text).toContain(word);
  });

  needs('qpdf')('in all of them is a whole PDF', async () => {
    const form = formOf(...Object.keys(names));
    expect(await askTool('qpdf', ['--check', 'FILE'], form)).toContain('No syntax or stream encoding errors found');
    const listed = (await askTool('pdffonts', ['FILE'], form)).trim().split('\n').slice(2);
    expect(listed.length).toBeGreaterThan(10);
    for (const line of listed) expect(line).toMatch(/(?:IBMPlex|Noto).*\byes yes yes\b/);
  });

  needs('qpdf')('puts marks at their letters, and goes on where these end', async () => {
    const operators = await askTool('qpdf', ['--qdf', '--stream-data=uncompress', 'FILE', '-'], formOf('Thai', 'Arabic'));
    const moves = [...operators.matchAll(/>(-?\d+)</g)].map((match) => Number(match[1]));
    expect(moves.length).toBeGreaterThan(50);
    // A letter is less than a thousand thousandths wide.
    expect(Math.max(...moves.map(Math.abs))).toBeLessThan(1000);
    expect(operators).toMatch(/ TJ -?[\d.]+ Ts \[<[\da-f]{4}>\] TJ 0 Ts /);
  });

  test('is the same, byte for byte, whatever was printed before', () => {
    const first = formOf('emoji', 'Arabic', 'Thai');
    formOf('Japanese', 'Hebrew');
    expect(Buffer.compare(formOf('emoji', 'Arabic', 'Thai'), first)).toBe(0);
  });
});

describe('a report', () => {
  needs('pdftotext')('of an organisation in Japan has its name on the cover and at the foot of each page', async () => {
    const model = sampleModel();
    const { bytes, pages } = await render({ ...model, audit: { ...model.audit, organisation: '株式会社セキュリティ' } });
    const text = await askTool('pdftotext', ['FILE', '-'], bytes);
    expect(text.split('株式会社セキュリティ').length).toBeGreaterThan(pages);
    expect(await askTool('qpdf', ['--check', 'FILE'], bytes)).toContain('No syntax or stream encoding errors found');
  });
});
