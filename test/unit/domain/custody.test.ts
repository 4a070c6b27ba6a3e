import { describe, expect, it } from 'vitest';
import { type CustodyLink, detailInWords, isInCustodyView, withContentHashes } from '../../../shared/domain/custody.ts';
import type { CustodyAction } from '../../../shared/domain/evidence.ts';

const a = 'a'.repeat(64);
const b = 'b'.repeat(64);

const link = (action: CustodyAction, detail = ''): CustodyLink => ({ sequence: 1, action, at: '', person: '', detail, handOver: null });
const hashes = (links: CustodyLink[], sha256 = a) => withContentHashes(links, sha256).map(({ before, after }) => [before, after]);

describe('the content’s hash before and after a step', () => {
  it('comes with collecting, stays while people look, and ends with destroying', () => {
    const links = [
      link('collected', `5 bytes, SHA-256 ${a}`),
      link('viewed'),
      link('transferred'),
      link('destroyed', `SHA-256 ${a}, early`),
    ];
    expect(hashes(links)).toEqual([
      ['', a],
      [a, a],
      [a, a],
      [a, ''],
    ]);
  });

  it('is what a verification read: the same, another one, or nothing when the chunks are damaged', () => {
    const links = [
      link('collected', `SHA-256 ${a}`),
      link('verified', `SHA-256 ${a}`),
      link('verified', 'damaged after 3 bytes'),
      link('viewed'),
      link('verified', `does not match: ${b}`),
    ];
    expect(hashes(links)).toEqual([
      ['', a],
      [a, a],
      [a, ''],
      [a, a],
      [a, b],
    ]);
  });

  it('of a redacted copy tells what it was made from, and falls back on the record where the trail names none', () => {
    expect(hashes([link('collected'), link('redacted', `made from E-001; SHA-256 before ${b}, after ${a}`)])).toEqual([
      ['', a],
      [b, a],
    ]);
    expect(hashes([link('viewed')])).toEqual([[a, a]]);
    expect(hashes([])).toEqual([]);
  });
});

describe('a step in words', () => {
  it('has no hash that is told beside it', () => {
    const words = (action: CustodyAction, detail: string) => {
      const [event] = withContentHashes([link('collected'), link(action, detail)], a).slice(-1);
      return event === undefined ? '' : detailInWords(event);
    };
    expect(words('destroyed', `SHA-256 ${a}, before its retention ended on 2032-01-01`)).toBe('before its retention ended on 2032-01-01');
    expect(words('destroyed', `SHA-256 ${a}`)).toBe('');
    expect(words('redacted', `made from E-001, 1 place; SHA-256 before ${b}, after ${a}`)).toBe('made from E-001, 1 place');
    expect(words('redacted', `E-002 made, 1 place, SHA-256 ${b}; this original is unchanged`)).toContain(b);
  });

  it('that people wrote says nothing about the hash', () => {
    const reason = `SHA-256 before ${b}, after ${b}`;
    expect(withContentHashes([link('collected'), link('exported', reason)], a)[1]).toMatchObject({ before: a, after: a });
  });
});

describe('the ledger’s views', () => {
  it('narrow it to what was done, who had it, what was checked, and who looked', () => {
    const actions: CustodyAction[] = ['collected', 'viewed', 'linked', 'verified', 'transferred'];
    const shown = (view: Parameters<typeof isInCustodyView>[1]) => actions.filter((action) => isInCustodyView(action, view));
    expect(shown('all')).toEqual(actions);
    expect(shown('handling')).toEqual(['collected', 'verified', 'transferred']);
    expect(shown('hands')).toEqual(['collected', 'transferred']);
    expect(shown('checks')).toEqual(['verified']);
    expect(shown('looks')).toEqual(['viewed']);
  });
});
