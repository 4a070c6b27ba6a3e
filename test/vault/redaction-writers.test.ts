import { describe, expect, it, vi } from 'vitest';
import { createPages } from '../../electron/vault/redaction-pages.ts';
import { createPicture } from '../../electron/vault/redaction-picture.ts';
import { pixels } from './redaction-fixture.ts';

/** Pixels that do not compress, so that bytes come before the end. */
function noise(width: number, height: number): Uint8Array {
  const bytes = pixels(width, height);
  for (let at = 0, value = 1; at < bytes.length; at += 1) {
    value = (value * 1103515245 + 12345) >>> 0;
    if (at % 4 !== 3) bytes[at] = value >>> 16;
  }
  return bytes;
}

async function pngOf(width: number, height: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const picture = createPicture(width, height, [], (bytes) => parts.push(bytes));
  await picture.write(pixels(width, height));
  await picture.finish();
  return Buffer.concat(parts);
}

describe('a picture whose bytes cannot be kept', () => {
  it('ends with the reason while its rows are taken, also for the rows after', async () => {
    const full = new Error('The disk is full');
    let written = 0;
    const picture = createPicture(400, 4000, [], (bytes) => {
      written += bytes.length;
      if (written > 1000) throw full;
    });
    const rows = noise(400, 400);
    const writeAll = async () => {
      for (let part = 0; part < 10; part += 1) await picture.write(rows);
    };
    await expect(writeAll()).rejects.toBe(full);
    await expect(picture.write(rows)).rejects.toBe(full);
    await expect(picture.finish()).rejects.toBe(full);
  });

  it('ends with the reason when only its last bytes are refused', async () => {
    const full = new Error('The disk is full');
    let refusing = false;
    const picture = createPicture(4, 4, [], () => {
      if (refusing) throw full;
    });
    await picture.write(pixels(4, 4));
    refusing = true;
    await expect(picture.finish()).rejects.toBe(full);
  });

  it('takes no more rows after it was discarded', async () => {
    const picture = createPicture(4, 4, [], () => undefined);
    picture.discard();
    await expect(picture.write(pixels(4, 4))).rejects.toThrow('Discarded');
    await expect(picture.finish()).rejects.toThrow('Discarded');
  });
});

describe('pages whose bytes cannot be kept', () => {
  it('end with the reason at the next page or at the end', async () => {
    const full = new Error('The disk is full');
    const picture = await pngOf(10, 10);
    const pages = createPages('E-001 redacted', () => {
      throw full;
    });
    pages.addPage({ width: 100, height: 100 }, picture);
    await vi.waitFor(() => expect(() => pages.addPage({ width: 100, height: 100 }, picture)).toThrow(full));
    await expect(pages.finish()).rejects.toBe(full);
  });
});
