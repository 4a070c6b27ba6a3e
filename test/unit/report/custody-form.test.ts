import { describe, expect, test } from 'vitest';
import { layOutCustody } from '../../../electron/vault/report/render/custody-form.ts';
import { openFonts } from '../../../electron/vault/report/render/fonts.ts';
import { paint } from '../../../electron/vault/report/render/paint.ts';
import type { CustodyDocument, CustodyRecord } from '../../../shared/domain/custody.ts';
import type { CustodyEvent, HandOver } from '../../../shared/domain/evidence.ts';
import { fontsDirectory } from './fixtures.ts';

const fonts = openFonts(fontsDirectory);
const [sealed, other] = ['a'.repeat(64), 'b'.repeat(64)];

const event: CustodyEvent = {
  sequence: 12,
  action: 'collected',
  at: '2026-05-04T10:11:12.345Z',
  person: 'Ada Lindqvist',
  detail: `5 bytes, SHA-256 ${sealed}`,
  handOver: null,
  before: '',
  after: sealed,
};

const record: CustodyRecord = {
  label: 'E-001',
  title: 'Door log',
  description: '',
  source: '',
  method: '',
  collectedAt: '',
  collector: '',
  effectiveFrom: '',
  effectiveTo: '',
  sensitivity: 'normal',
  retainUntil: '',
  originalName: 'door.csv',
  mediaType: '',
  size: 1234567,
  sha256: sealed,
  receivedAt: '2026-05-04T10:11:12.345Z',
  receivedBy: 'Ada Lindqvist',
  controls: [],
  replaces: '',
  replacedBy: '',
  destroyedAt: '',
  events: [event],
  check: { holds: true, checked: 2, firstBroken: null },
};

const source: CustodyDocument = {
  organisation: 'Clinic',
  audit: 'Audit 2026',
  printedAt: '2026-06-01T08:00:00.000Z',
  printedBy: 'Ada Lindqvist',
  trail: { sequence: 99, hash: 'c'.repeat(64) },
  records: [record],
};

const layOut = (...records: CustodyRecord[]) => layOutCustody({ ...source, records }, fonts);

type Pages = ReturnType<typeof layOut>['pages'];

/** Every word that stands on the pages, in the order in which it was set. */
function wordsOn(pages: Pages): string {
  const pieces = pages.flatMap(({ items }) => items.flatMap((item) => (item.kind === 'text' ? [item.text.trim()] : [])));
  return pieces.filter(Boolean).join(' ').replace(/\s+/g, ' ');
}

const wordsOf = (...records: CustodyRecord[]) => wordsOn(layOut(...records).pages);
const lastPageOf = (...records: CustodyRecord[]) => wordsOn(layOut(...records).pages.slice(-1));

const withEvent = (change: Partial<CustodyEvent>) => wordsOf({ ...record, events: [{ ...event, ...change }] });
/** A hash is broken into lines, so it is looked for without spaces. */
const closed = (words: string) => words.replaceAll(' ', '');

describe('the printed custody form', () => {
  test('of one piece is named after it, of several after the audit; each begins on a page of its own', () => {
    expect(layOut(record).title).toBe('Chain of custody · Clinic · E-001');
    const several = layOut(record, { ...record, label: 'E-002' });
    expect(several.title).toBe('Chain of custody · Clinic · Audit 2026');
    expect(several.bookmarks.map(({ title, page }) => [title, several.pages.indexOf(page)])).toEqual([
      ['E-001  Door log', 0],
      ['E-002  Door log', 1],
    ]);
    expect(several.pages.map(({ footer }) => footer.slice(0, 16))).toEqual(['E-001 · trail 99', 'E-002 · trail 99']);
    expect(Buffer.from(paint(several, fonts)).toString('latin1', 0, 5)).toBe('%PDF-');
  });

  test('of an audit without evidence says so and leaves nothing to be filled in', () => {
    const empty = layOut();
    expect(empty.pages.length).toBe(1);
    expect(empty.title).toBe('Chain of custody · Clinic · Audit 2026');
    expect(empty.pages[0]?.footer).toMatch(/^trail 99 c{64}$/);
    expect(wordsOf()).toBe('There is no evidence in this audit.');
  });

  test('names what is known and no heading for what is not', () => {
    const plain = wordsOf(record);
    expect(plain).toContain('Original name door.csv Size 1 234 567 bytes SHA-256');
    for (const absent of ['Media type', 'Source', 'Method', 'Keep until', 'Destroyed', 'Speaks for', 'Description'])
      expect(plain).not.toContain(absent);
    const full = wordsOf({
      ...record,
      mediaType: 'text/csv',
      source: 'The door',
      method: 'Copied',
      collector: 'Ben',
      collectedAt: '2026-05-03',
      sensitivity: 'phi',
      retainUntil: '2032-05-04',
      controls: ['164.310(a) Access', '164.312(b) Logs'],
      description: 'Who went in',
    });
    expect(full).toContain('Media type text/csv');
    expect(full).toContain('Collected 3 May 2026, Ben Source The door Method Copied');
    expect(full).toContain('Sensitivity health information Keep until 4 May 2032');
    expect(full).toContain('Speaks for 164.310(a) Access 164.312(b) Logs Description Who went in');
  });

  test('of a destroyed piece says when it ended and, where it is not known, that its size was not noted', () => {
    const words = wordsOf({ ...record, size: null, destroyedAt: '2026-05-09T23:30:00+02:00' });
    expect(words).toContain('Size not noted');
    expect(words).toContain('Destroyed 9 May 2026, 21:30 UTC');
  });

  test.each([
    ['2026-05-03', 'Collected 3 May 2026 Received'],
    ['2026-05-03T10:00+02:00', 'Collected 3 May 2026, 08:00 UTC'],
    ['about Ten o’clock', 'Collected about Ten o’clock'],
  ])('tells the moment %s as it was noted, in UTC where it has a time', (collectedAt, expected) => {
    expect(wordsOf({ ...record, collectedAt })).toContain(expected);
  });

  test.each([
    [{ holds: true, checked: 1, firstBroken: null }, "1 link of the vault's trail tell"],
    [{ holds: true, checked: 3, firstBroken: null }, "3 links of the vault's trail tell"],
    [{ holds: false, checked: 3, firstBroken: 7 }, "Link 7 of the vault's trail is not the one that was written. Do not rely"],
  ])('says whether the ledger can be relied on: %o', (check, expected) => {
    expect(wordsOf({ ...record, check })).toContain(expected);
  });

  test('without steps says that nothing is recorded, and with steps lists them', () => {
    expect(wordsOf({ ...record, events: [] })).toContain('Nothing is recorded.');
    expect(wordsOf(record)).not.toContain('Nothing is recorded.');
    expect(wordsOf(record)).toMatch(/12 2026-05-04 10:11:12 UTC Collected Ada Lindqvist 5 bytes/);
  });

  test('tells the hash where a step says something about it, and what it was before and after', () => {
    expect(closed(withEvent({}))).toContain(`5bytesbeforenoneafter${sealed}`);
    expect(closed(withEvent({ action: 'destroyed', detail: '', before: sealed, after: '' }))).toContain(`before${sealed}afternone`);
    expect(closed(withEvent({ action: 'verified', detail: '', before: sealed, after: sealed }))).toContain(`beforeandafter${sealed}`);
    expect(closed(withEvent({ action: 'redacted', detail: 'Masked', before: other, after: sealed }))).toContain(
      `Maskedbefore${other}after${sealed}`,
    );
    const viewed = withEvent({ action: 'viewed', detail: '', before: sealed, after: sealed });
    expect(viewed).toContain('Viewed');
    expect(closed(viewed)).not.toContain('beforeandafter');
  });

  test.each<[Partial<HandOver>, string]>([
    [{ from: 'Ada', to: 'Ben' }, 'From Ada to Ben'],
    [{ at: '2026-05-04T12:00+02:00' }, 'On 4 May 2026, 10:00 UTC'],
    [{ purpose: 'Court' }, 'Purpose: Court'],
    [{ reference: 'Seal 7' }, 'Reference: Seal 7'],
  ])('tells of a hand-over what was noted, and nothing else: %o', (noted, expected) => {
    const handOver = { from: '', to: '', at: '', purpose: '', reference: '', ...noted };
    const words = withEvent({ action: 'transferred', detail: 'Given', handOver, before: sealed, after: sealed });
    expect(words).toContain(`Given ${expected} Handed on`);
  });

  test('names the revisions around it', () => {
    expect(wordsOf({ ...record, replaces: 'E-001', replacedBy: 'E-003' })).toContain('Replaces E-001 Replaced by E-003');
  });

  test('never ends on a page with nothing but who printed it', () => {
    for (let count = 1; count < 40; count += 1) {
      const events = Array.from({ length: count }, () => event);
      expect(lastPageOf({ ...record, events })).toMatch(/Handed on.*Printed by Ada/);
    }
  });

  test('has room to sign for what happens next', () => {
    expect(wordsOf(record)).toContain('Handed on DATE AND TIME RELEASED BY, SIGNATURE RECEIVED BY, SIGNATURE PURPOSE Printed by Ada');
  });
});
