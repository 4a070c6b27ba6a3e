import { describe, expect, test } from 'vitest';
import { createEvidenceStore } from '../../../renderer/evidence/evidence-store.ts';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { AuditId, EvidenceId } from '../../../shared/domain/ids.ts';
import { auditId, evidence, settled } from './fixtures.ts';

const other = 'other audit' as AuditId;

/** A vault that holds evidence and a log of what changed in it, two entries to an answer. */
function vaultWith(count: number) {
  const pieces = new Map(Array.from({ length: count }, (_, index) => [evidence(index + 1).id, evidence(index + 1)]));
  const log: EvidenceId[] = [];
  const listeners = new Map<AuditId, () => void>();
  const calls: string[] = [];
  let failing = false;
  let beforeNextPage: (() => void) | null = null;
  const answer = <T>(name: string, work: () => T): Promise<T> => {
    calls.push(name);
    return failing ? Promise.reject(new Error('No')) : Promise.resolve(work());
  };
  const change = (id: EvidenceId, piece: Evidence | null) => {
    if (piece === null) pieces.delete(id);
    else pieces.set(id, piece);
    log.push(id);
    listeners.get(auditId)?.();
  };
  const store = createEvidenceStore({
    page: (_, after, limit) =>
      answer(`page ${after}`, () => {
        const work = beforeNextPage;
        beforeNextPage = null;
        work?.();
        const all = [...pieces.values()].sort((one, two) => one.number - two.number);
        return all.filter(({ number }) => number > after).slice(0, limit);
      }),
    changed: (_, since) =>
      answer(`changed ${since}`, () => {
        if (since === null) return { revision: log.length, more: false, pieces: [], gone: [] };
        const ids = [...new Set(log.slice(since, since + 2))];
        return {
          revision: Math.min(log.length, since + 2),
          more: log.length > since + 2,
          pieces: ids.flatMap((id) => pieces.get(id) ?? []),
          gone: ids.filter((id) => !pieces.has(id)),
        };
      }),
    onChanged(audit, listener) {
      listeners.set(audit, listener);
      return () => listeners.delete(audit);
    },
  });
  return {
    store,
    pieces,
    calls,
    change,
    fail: (on: boolean) => {
      failing = on;
    },
    onNextPage: (work: () => void) => {
      beforeNextPage = work;
    },
    isHeard: () => listeners.has(auditId),
    numbers: () => store.read(auditId).items?.map(({ number }) => number),
  };
}

/** As many turns as thousands of pieces take to arrive. */
const arrived = async () => {
  for (let turn = 0; turn < 10; turn += 1) await settled();
};

describe('the evidence of an audit', () => {
  test('is read once in pages, and the first page is shown before the others are there', async () => {
    const { store, calls } = vaultWith(4300);
    const shown: string[] = [];
    store.follow(auditId, () => {
      const { items, complete } = store.read(auditId);
      shown.push(`${items?.length} ${complete}`);
    });
    expect(store.read(auditId)).toEqual({ items: undefined, complete: false, error: null });
    await arrived();
    expect(shown).toEqual(['200 false', '2200 false', '4300 true']);
    expect(calls).toEqual(['changed null', 'page 0', 'page 200', 'page 2200', 'page 4200', 'changed 0']);
    store.follow(auditId, () => {});
    await arrived();
    expect(calls).toHaveLength(6);
  });

  test('is drawn again no more often than it doubles', async () => {
    const { store } = vaultWith(100_000);
    let drawn = 0;
    store.follow(auditId, () => {
      drawn += store.read(auditId).items?.length ?? 0;
    });
    await arrived();
    expect(store.read(auditId)).toMatchObject({ complete: true });
    expect(drawn).toBeLessThan(3 * 100_000);
  });

  test('is fetched only as far as it changed, and what did not change stays the same object', async () => {
    const { store, calls, change, numbers } = vaultWith(3);
    store.follow(auditId, () => {});
    await arrived();
    const before = store.read(auditId).items;
    calls.length = 0;
    change(evidence(2).id, evidence(2, { title: 'Other' }));
    change(evidence(5).id, evidence(5));
    change(evidence(4).id, evidence(4));
    change(evidence(1).id, null);
    await arrived();
    expect(calls.every((name) => name.startsWith('changed'))).toBe(true);
    expect(numbers()).toEqual([2, 3, 4, 5]);
    expect(store.read(auditId).items?.[0]?.title).toBe('Other');
    expect(store.read(auditId).items?.[1]).toBe(before?.[2]);
  });

  test('stays the same list when what changed is not in it', async () => {
    const { store, change } = vaultWith(3);
    let told = 0;
    store.follow(auditId, () => {
      told += 1;
    });
    await arrived();
    change('elsewhere' as EvidenceId, null);
    await arrived();
    expect(told).toBe(1);
  });

  test('holds what changed between two pages', async () => {
    const { store, change, onNextPage, numbers } = vaultWith(300);
    onNextPage(() => onNextPage(() => change(evidence(1).id, null)));
    store.follow(auditId, () => {});
    await arrived();
    expect(numbers()?.slice(0, 2)).toEqual([2, 3]);
    expect(numbers()).toHaveLength(299);
  });

  test('is brought up to date when somebody looks again, not while nobody does', async () => {
    const { store, calls, change, numbers } = vaultWith(2);
    const stop = store.follow(auditId, () => {});
    await arrived();
    stop();
    calls.length = 0;
    change(evidence(3).id, evidence(3));
    await arrived();
    expect(calls).toEqual([]);
    store.follow(auditId, () => {});
    await arrived();
    expect(numbers()).toEqual([1, 2, 3]);
    expect(calls).toEqual(['changed 0']);
  });

  test('is read again after an error, which is told meanwhile beside what is there', async () => {
    const { store, change, fail, numbers } = vaultWith(2);
    fail(true);
    store.follow(auditId, () => {});
    await arrived();
    expect(store.read(auditId)).toMatchObject({ items: undefined, error: new Error('No') });
    fail(false);
    store.reload(auditId);
    await arrived();
    expect(store.read(auditId)).toMatchObject({ complete: true, error: null });
    fail(true);
    change(evidence(3).id, evidence(3));
    await arrived();
    expect(store.read(auditId).error).toEqual(new Error('No'));
    expect(numbers()).toEqual([1, 2]);
    fail(false);
    store.reload(auditId);
    await arrived();
    expect(store.read(auditId).error).toBe(null);
    expect(numbers()).toEqual([1, 2, 3]);
  });

  test('is forgotten when the vault locks, also what is still on its way', async () => {
    const { store, isHeard } = vaultWith(2);
    store.follow(auditId, () => {});
    store.reset();
    await arrived();
    expect(store.read(auditId).items).toBeUndefined();
    expect(isHeard()).toBe(false);
  });

  test('gives way to that of another audit, unless it is still looked at', async () => {
    const { store } = vaultWith(2);
    const stop = store.follow(auditId, () => {});
    await arrived();
    store.follow(other, () => {});
    expect(store.read(auditId).items).toHaveLength(2);
    stop();
    store.follow(other, () => {});
    expect(store.read(auditId).items).toBeUndefined();
    store.reload(auditId);
  });
});
