import { describe, expect, test } from 'vitest';
import { linksInWords } from '../../../renderer/evidence/link-words.ts';
import { listKeys } from '../../../renderer/evidence/list-keys.ts';
import type { EvidenceFilter } from '../../../renderer/evidence/register-filter.ts';
import { filterEvidence, isFiltered, noFilter, sortEvidence } from '../../../renderer/evidence/register-filter.ts';
import { relate } from '../../../renderer/evidence/relations.ts';
import { carriesFiles, readPaste, readTransfer, screenshotName } from '../../../renderer/evidence/transfer.ts';
import { evidenceType, shortType } from '../../../renderer/evidence/types.ts';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { EvidenceId, FindingId } from '../../../shared/domain/ids.ts';
import { evidence } from './fixtures.ts';

const control = { packId: 'pack', controlId: 'one' };

/** A transfer as the browser hands it over, of files, folders and texts. */
function transferOf(...items: readonly (File | { folder: string } | string)[]): DataTransfer {
  const made = items.map((item): { kind: string; webkitGetAsEntry: () => object | null; getAsFile: () => File | null } => {
    if (typeof item === 'string') return { kind: 'string', webkitGetAsEntry: () => null, getAsFile: () => null };
    if (item instanceof File) return { kind: 'file', webkitGetAsEntry: () => ({ isDirectory: false }), getAsFile: () => item };
    // Chromium hands a folder over as a file of no use, too.
    const entry = { isDirectory: true, name: item.folder };
    return { kind: 'file', webkitGetAsEntry: () => entry, getAsFile: () => new File([], item.folder) };
  });
  const types = [...(items.some((item) => typeof item === 'string') ? ['text/plain'] : []), ...(items.length > 0 ? ['Files'] : [])];
  return { items: made, types } as unknown as DataTransfer;
}

describe('a drop', () => {
  test('takes files and refuses folders by name', () => {
    const log = new File(['x'], 'log.txt');
    const { files, folders } = readTransfer(transferOf(log, { folder: 'Minutes' }, 'text'));
    expect([files, folders.map(({ name }) => name)]).toEqual([[log], ['Minutes']]);
  });

  test('counts only when it carries files', () => {
    expect(carriesFiles(null)).toBe(false);
    expect(carriesFiles({ types: ['text/plain'] } as unknown as DataTransfer)).toBe(false);
    expect(carriesFiles(transferOf(new File([], 'a')))).toBe(true);
  });
});

describe('a paste', () => {
  const now = new Date(2026, 2, 9, 14, 2, 31);

  test('names a picture from the clipboard after the time, and leaves a named file alone', () => {
    const picture = new File(['x'], 'image.png', { type: 'image/png' });
    const photo = new File(['x'], '', { type: 'image/jpeg' });
    const named = new File(['x'], 'door.png', { type: 'image/png' });
    const { files } = readPaste(transferOf(picture, photo, named), false, now);
    expect(files.map(({ name }) => name)).toEqual(['Screenshot 2026-03-09 14.02.31.png', 'Screenshot 2026-03-09 14.02.31.jpg', 'door.png']);
    expect(screenshotName(now)).toBe('Screenshot 2026-03-09 14.02.31');
  });

  test('of text with a picture beside it is left to the text field it goes into', () => {
    const transfer = transferOf('text', new File(['x'], 'image.png', { type: 'image/png' }));
    expect(readPaste(transfer, true, now).files).toHaveLength(0);
    expect(readPaste(transfer, false, now).files).toHaveLength(1);
  });
});

describe('the register', () => {
  const items: readonly Evidence[] = [
    evidence(1, {
      title: 'Risk register',
      originalName: 'risk.csv',
      mediaType: 'text/csv',
      size: 300,
      controls: [control],
      sensitivity: 'phi',
    }),
    evidence(2, { title: 'access log', collector: 'Maren', size: 100, findings: ['f' as FindingId], controls: [control] }),
    evidence(3, { title: 'Badge', mediaType: 'image/png', size: 100, sha256: 'abcd'.repeat(16), receivedAt: '2026-02-01T00:00:00.000Z' }),
  ];
  const facts = {
    relations: relate(items),
    suspected: new Set<EvidenceId>(),
    found: new Set<EvidenceId>(),
    periodFrom: '',
    periodTo: '',
    today: '2026-06-01',
  };
  const numbers = (change: Partial<EvidenceFilter>) => filterEvidence(items, { ...noFilter, ...change }, facts).map(({ number }) => number);

  test('finds every word in what is known of the evidence', () => {
    expect(numbers({ search: 'e-002' })).toEqual([2]);
    expect(numbers({ search: 'REGISTER risk.csv' })).toEqual([1]);
    expect(numbers({ search: 'maren' })).toEqual([2]);
    expect(numbers({ search: 'abcdabcd' })).toEqual([3]);
    expect(numbers({ search: 'abcd' })).toEqual([]);
    expect(numbers({ search: 'maren badge' })).toEqual([]);
    expect(numbers({ search: '"risk register"' })).toEqual([1]);
    expect(numbers({ search: '"register risk"' })).toEqual([]);
    expect(numbers({ search: '   ' })).toEqual([1, 2, 3]);
  });

  test('narrows by kind, by sensitivity and to what is linked nowhere', () => {
    expect(numbers({ type: 'spreadsheet' })).toEqual([1]);
    expect(numbers({ sensitivity: 'phi' })).toEqual([1]);
    expect(numbers({ links: 'loose' })).toEqual([3]);
    expect(numbers({ links: 'linked' })).toEqual([1, 2]);
    expect(numbers({ links: 'findings' })).toEqual([2]);
    expect(isFiltered(noFilter)).toBe(false);
    expect(isFiltered({ ...noFilter, search: ' ' })).toBe(false);
    expect(isFiltered({ ...noFilter, links: 'loose' })).toBe(true);
  });

  test('sorts by a column both ways, equal ones by number, and leaves the list itself alone', () => {
    const sorted = (column: 'title' | 'size' | 'links' | 'received', descending: boolean) =>
      sortEvidence(items, { column, descending }).map(({ number }) => number);
    expect(sorted('title', false)).toEqual([2, 3, 1]);
    expect(sorted('title', true)).toEqual([1, 3, 2]);
    expect(sorted('size', false)).toEqual([2, 3, 1]);
    expect(sorted('size', true)).toEqual([1, 2, 3]);
    expect(sorted('links', true)).toEqual([2, 1, 3]);
    expect(sorted('received', false)).toEqual([3, 1, 2]);
    expect(items.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test('sorts titles as people do, and types by the word in the column', () => {
    const many = ['zebra', 'Äther', 'Log 10', 'log 9', 'Atlas', 'élan'].map((title, index) => evidence(index + 1, { title }));
    expect(sortEvidence(many, { column: 'title', descending: false }).map(({ title }) => title)).toEqual([
      'Äther',
      'Atlas',
      'élan',
      'log 9',
      'Log 10',
      'zebra',
    ]);
    const typed = ['a.txt', 'b.log', 'c.txt', 'd.csv', 'e.log'].map((originalName, index) =>
      evidence(index + 1, { originalName, mediaType: 'text/plain' }),
    );
    expect(sortEvidence(typed, { column: 'type', descending: false }).map(({ originalName }) => originalName)).toEqual([
      'd.csv',
      'b.log',
      'e.log',
      'a.txt',
      'c.txt',
    ]);
  });

  test('finds a name whatever its accents, its case and how the system wrote it', () => {
    const named = [evidence(1, { title: 'Re\u0301sume\u0301 of Zoë' }), evidence(2, { title: 'İstanbul' })];
    const found = (search: string) => filterEvidence(named, { ...noFilter, search }, facts).map(({ number }) => number);
    for (const search of ['résumé', 'RESUME', 'zoe', 'ZOË']) expect(found(search), search).toEqual([1]);
    for (const search of ['istanbul', 'İSTANBUL']) expect(found(search), search).toEqual([2]);
  });

  test('says in words what a piece is linked to', () => {
    expect(items.map(linksInWords)).toEqual(['1 control', '1 control, 1 finding', 'not linked']);
    expect(linksInWords(evidence(4, { controls: [control, control] }))).toBe('2 controls');
  });

  test('arrow keys move in a table and in a gallery, and stop at the ends', () => {
    const press = (key: string, index: number, columns = 1) => {
      let prevented = false;
      const event = { key, preventDefault: () => (prevented = true) } as unknown as Parameters<typeof listKeys>[0];
      const to = listKeys(event, index, 10, columns);
      expect(prevented).toBe(to !== null);
      return to;
    };
    expect(press('ArrowDown', 3)).toBe(4);
    expect(press('ArrowDown', 9)).toBe(9);
    expect(press('ArrowUp', 1, 4)).toBe(0);
    expect(press('ArrowRight', 3, 4)).toBe(4);
    expect(press('ArrowRight', 3)).toBeNull();
    expect(press('End', 3)).toBe(9);
    expect(press('Home', 3)).toBe(0);
    expect(press('ArrowDown', -1)).toBe(0);
    expect(press('Enter', 3)).toBeNull();
  });
});

test.each([
  ['image/svg+xml', 'image'],
  ['application/pdf', 'pdf'],
  ['text/csv', 'spreadsheet'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'spreadsheet'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'document'],
  ['application/vnd.oasis.opendocument.text', 'document'],
  ['message/rfc822', 'mail'],
  ['application/vnd.ms-outlook', 'mail'],
  ['application/zip', 'archive'],
  ['video/mp4', 'media'],
  ['application/json', 'text'],
  ['text/html', 'text'],
  ['application/octet-stream', 'other'],
])('%s is shown as %s', (mediaType, type) => {
  expect(evidenceType(mediaType)).toBe(type);
});

test('a file is named by its extension, else by its media type', () => {
  expect(shortType('report.Final.PDF', 'application/pdf')).toBe('PDF');
  expect(shortType('Makefile', 'text/plain')).toBe('PLAIN');
  expect(shortType('name.with-a-sentence', 'image/png')).toBe('PNG');
});
