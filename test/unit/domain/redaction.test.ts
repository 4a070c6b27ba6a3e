import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import { identifierKinds } from '../../../shared/domain/identifiers.ts';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import {
  identifierRanges,
  joinRanges,
  maskText,
  mostPixels,
  pagePixels,
  pixelBox,
  reasonOf,
  redactionHindrance,
  redactionKind,
  textMask,
} from '../../../shared/domain/redaction.ts';
import { applyProfile } from '../../../shared/domain/redaction-profile.ts';

describe('the pixels of a place', () => {
  it('are all it covers and all it touches, and none beside the picture', () => {
    expect(pixelBox({ x: 0.1, y: 0.1, width: 0.2, height: 0.2 }, 100, 50)).toEqual({ left: 10, top: 5, right: 31, bottom: 16 });
    expect(pixelBox({ x: 0.5, y: 0.5, width: 0.001, height: 0.001 }, 41, 31)).toEqual({ left: 20, top: 15, right: 21, bottom: 16 });
    expect(pixelBox({ x: 0.9, y: -0.1, width: 0.5, height: 2 }, 10, 10)).toEqual({ left: 9, top: 0, right: 10, bottom: 10 });
  });

  it('of a page are as many as the resolution asks for, and fewer only on a sheet that would have too many', () => {
    expect(pagePixels({ width: 595, height: 842 }, 150)).toMatchObject({ width: 1239, height: 1754 });
    expect(pagePixels({ width: 595, height: 842 }, 300)).toMatchObject({ width: 2479, height: 3508 });
    const poster = pagePixels({ width: 14_400, height: 14_400 }, 300);
    expect(poster.width * poster.height).toBeLessThanOrEqual(mostPixels);
    expect(poster.width).toBeGreaterThan(7000);
    expect(pagePixels({ width: 1, height: 14_400 }, 150)).toMatchObject({ width: 2, height: 30_000 });
  });
});

describe('masking a text', () => {
  it('puts blocks of one length in the place of ranges, those that overlap or touch as one', () => {
    expect(maskText('one two three', [{ start: 4, end: 7 }])).toBe(`one ${textMask} three`);
    expect(
      maskText('one two three', [
        { start: 6, end: 9 },
        { start: 0, end: 3 },
        { start: 4, end: 6 },
      ]),
    ).toBe(`${textMask} ${textMask}hree`);
    expect(
      joinRanges([
        { start: 0, end: 9 },
        { start: 2, end: 3 },
      ]),
    ).toEqual([{ start: 0, end: 9 }]);
  });

  it('never leaves half a character', () => {
    expect(maskText('a😀b', [{ start: 1, end: 2 }])).toBe(`a${textMask}b`);
    expect(maskText('a😀b', [{ start: 2, end: 3 }])).toBe(`a${textMask}b`);
  });

  it('takes all likely identifiers of the chosen kinds, a private key to its end', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----';
    const text = `ssn 536-22-1234, ada@example.org\n${key}\nlast line`;
    const mask = (kinds: Parameters<typeof identifierRanges>[1]) => maskText(text, identifierRanges(text, kinds));
    expect(mask(['ssn'])).toBe(text.replace('536-22-1234', textMask));
    expect(mask(identifierKinds)).toBe(`ssn ${textMask}, ${textMask}\n${textMask}\nlast line`);
    const cut = '-----BEGIN PRIVATE KEY-----\nMIIabc';
    expect(maskText(cut, identifierRanges(cut, ['private-key']))).toBe(textMask);
    expect(identifierKinds.map(reasonOf)).toEqual([
      'personal-data',
      'personal-data',
      'phi',
      'personal-data',
      'personal-data',
      'personal-data',
      'secret',
      'secret',
    ]);
  });
});

describe('what can be redacted', () => {
  it.each([
    ['image/png', 'image'],
    ['application/pdf', 'pdf'],
    ['text/csv', 'text'],
    ['application/json', 'text'],
    ['image/svg+xml', 'text'],
    ['text/rtf', null],
    ['application/zip', null],
    ['video/mp4', null],
  ])('%s as %s', (mediaType, kind) => expect(redactionKind(mediaType)).toBe(kind));

  it.each([
    ['message/rfc822', 10, 'mail'],
    ['application/vnd.ms-outlook', 10, 'mail'],
    ['application/zip', 10, 'kind'],
    ['text/plain', 17 * 1024 * 1024, 'size'],
    ['text/plain', 10, null],
  ])('%s of %i bytes: hindered by %s', (mediaType, size, hindrance) => expect(redactionHindrance({ mediaType, size })).toBe(hindrance));
});

describe('a redaction profile', () => {
  const piece = (number: number, changes: Partial<Evidence> = {}) => ({
    id: `e${number}` as EvidenceId,
    number,
    derivedFrom: '' as const,
    derivation: '' as const,
    sensitivity: 'normal' as const,
    ...changes,
  });
  const copyOf = (number: number, of: number, changes: Partial<Evidence> = {}) =>
    piece(number, { derivedFrom: `e${of}` as EvidenceId, derivation: 'redacted', ...changes });
  const standingFor = (groups: ReturnType<typeof applyProfile<ReturnType<typeof piece>>>['groups']) =>
    Object.fromEntries(groups.flatMap(({ named, pieces }) => pieces.map(({ id }) => [id, named.id])));
  const told = (evidence: ReturnType<typeof piece>[]) => {
    const { shown, groups, withheld } = applyProfile(evidence, 'redacted');
    return { shown: shown.map(({ number }) => number), standsFor: standingFor(groups), withheld: [...withheld] };
  };

  it('of originals leaves everything as it is', () => {
    const evidence = [piece(1, { sensitivity: 'phi' }), copyOf(2, 1)];
    const { shown, groups, withheld } = applyProfile(evidence, 'originals');
    expect(shown).toBe(evidence);
    expect(standingFor(groups)).toEqual({ e1: 'e1', e2: 'e2' });
    expect(withheld.size).toBe(0);
  });

  it('lets the newest copy stand for its original and for every earlier copy, also a copy of a copy', () => {
    expect(told([piece(1, { sensitivity: 'phi' }), copyOf(2, 1), copyOf(3, 1), piece(4), copyOf(5, 2)])).toEqual({
      shown: [4, 5],
      standsFor: { e1: 'e5', e2: 'e5', e3: 'e5', e4: 'e4', e5: 'e5' },
      withheld: [],
    });
  });

  it('does not depend on the order in which the pieces come', () => {
    expect(told([copyOf(3, 1), piece(1), copyOf(2, 1)])).toMatchObject({ shown: [3], standsFor: { e1: 'e3', e2: 'e3', e3: 'e3' } });
  });

  it('withholds sensitive pieces without a copy and copies that are sensitive themselves', () => {
    expect(told([piece(1, { sensitivity: 'secret' }), piece(2), copyOf(3, 2, { sensitivity: 'personal-data' })])).toEqual({
      shown: [1, 3],
      standsFor: { e1: 'e1', e2: 'e3', e3: 'e3' },
      withheld: ['e1', 'e3'],
    });
  });

  it('keeps a copy whose original was destroyed, leaves attachments of mails alone, and ends on a circle', () => {
    const attachment = piece(3, { derivedFrom: 'e2' as EvidenceId, derivation: 'attachment' });
    expect(told([copyOf(2, 1), attachment]).shown).toEqual([2, 3]);
    expect(told([copyOf(1, 2), copyOf(2, 1)]).shown.length).toBeGreaterThan(0);
  });
});
