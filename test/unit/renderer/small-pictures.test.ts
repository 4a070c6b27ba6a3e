import { describe, expect, it } from 'vitest';
import { attempts, mostBytes } from '../../../renderer/evidence/picture/picture-bounds.ts';
import { createPictureQueue, mostWaiting } from '../../../renderer/evidence/picture/picture-queue.ts';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import { pictureLimit } from '../../../shared/ipc/evidence-pictures.ts';

const ids = (...names: string[]) => names as EvidenceId[];
const soon = () => Promise.resolve();
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('small pictures', () => {
  it('are made within the bounds of the contract', () => {
    expect(mostBytes).toBe(pictureLimit.bytes);
    expect(Math.max(...attempts.map(({ pixels }) => pixels))).toBe(pictureLimit.pixels);
  });

  it('are made one after the other; one that fails or comes twice holds up nothing', async () => {
    const done: string[] = [];
    let running = 0;
    const queue = createPictureQueue(async (id) => {
      running += 1;
      expect(running).toBe(1);
      await soon();
      running -= 1;
      if (id === 'b') throw new Error('damaged');
      done.push(id);
    }, soon);
    queue.add(ids('a', 'b', 'a'));
    queue.add(ids('c', 'b'));
    await settled();
    expect(done).toEqual(['a', 'c']);
    queue.add(ids('d'));
    await settled();
    expect(done).toEqual(['a', 'c', 'd']);
  });

  it('of very many are left to whoever looks, and none is made after the lock', async () => {
    const done: string[] = [];
    const queue = createPictureQueue(async (id) => void done.push(id), soon);
    queue.add(ids(...Array.from({ length: mostWaiting + 50 }, (_, index) => String(index))));
    await settled();
    expect(done).toHaveLength(mostWaiting);
    queue.add(ids('x', 'y'));
    queue.reset();
    await settled();
    expect(done).toHaveLength(mostWaiting);
  });
});
