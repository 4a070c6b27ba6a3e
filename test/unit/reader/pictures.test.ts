import { describe, expect, it } from 'vitest';
import { extract, hexWith, preview } from './read-as-vault.ts';
import * as samples from './samples.ts';

const { file } = samples;

describe('pictures and media', () => {
  it.each<[string, Uint8Array, object]>([
    ['image/png', samples.pngHead(640, 480), { width: 640, height: 480 }],
    ['image/jpeg', samples.jpeg(640, 480), { width: 640, height: 480 }],
    ['image/jpeg', samples.jpeg(640, 480, true), { width: 640, height: 480 }],
    ['image/gif', Buffer.from('GIF89a\x80\x02\xe0\x01', 'latin1'), { width: 640, height: 480 }],
    [
      'image/bmp',
      Buffer.concat([Buffer.from('BM'), Buffer.alloc(12), Buffer.from([40, 0, 0, 0, 0x80, 2, 0, 0, 0x20, 0xfe, 255, 255, 0])]),
      { width: 640, height: 480 },
    ],
    ['image/webp', Buffer.from('RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0', 'latin1'), { width: 640, height: 480 }],
    ['image/webp', Buffer.from('RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x7f\xc2\x77\0\0', 'latin1'), { width: 640, height: 480 }],
    ['image/webp', Buffer.from('RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01', 'latin1'), { width: 640, height: 480 }],
    [
      'image/avif',
      Buffer.from('\0\0\0\x14ftypavif\0\0\0\0\0\0\0\x14ispe\0\0\0\0\0\0\x02\x80\0\0\x01\xe0', 'latin1'),
      { width: 640, height: 480 },
    ],
  ])('%s passes as its bytes with the size of its header', async (mediaType, bytes, size) => {
    expect(await preview(file('x', bytes))).toEqual({ content: { kind: 'image', mediaType, ...size }, limits: [] });
  });

  it('a picture with too many pixels is not drawn, and one that lies about itself neither', async () => {
    expect(await preview(file('a.png', samples.pngHead(10_000, 10_000)))).toEqual(hexWith('pixels'));
    expect(await preview(file('a.png', samples.pngHead(0, 5)))).toEqual(hexWith('unreadable'));
    expect(await preview(file('a.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4])))).toEqual(hexWith('unreadable'));
    expect(await preview(file('a.jpg', Buffer.from('ffd8ffff01ffd800000000000000000000', 'hex')))).toEqual(hexWith('unreadable'));
    expect(await preview(file('a.webp', Buffer.from('RIFF\0\0\0\0WEBPXXXX', 'latin1')))).toEqual(hexWith('unreadable'));
    expect(await preview({ ...file('a.png', samples.pngHead(5, 5)), size: 1000 })).toEqual(hexWith('cut'));
  });

  it('EXIF tells the camera and the moment; malformed EXIF tells nothing', async () => {
    const { text, facts } = await extract(file('a.jpg', samples.jpeg(640, 480, true)));
    expect(text).toBeNull();
    expect(facts).toEqual([
      { name: 'camera', value: 'Acme Model 5' },
      { name: 'taken-at', value: '2026-05-04 10:11:12' },
      { name: 'dimensions', value: '640 × 480' },
    ]);
    // The clock of the camera was never set.
    for (const never of ['0000:00:00 00:00:00', '    :  :     :  :  ', '2026:00:04 10:11:12']) {
      const unset = Buffer.from(
        Buffer.from(samples.jpeg(640, 480, true))
          .toString('latin1')
          .replace('2026:05:04 10:11:12', never),
        'latin1',
      );
      expect((await extract(file('a.jpg', unset))).facts.map(({ name }) => name)).toEqual(['camera', 'dimensions']);
    }
    const broken = Buffer.from(samples.jpeg(640, 480, true));
    broken.fill(0xff, 20, 60);
    expect((await extract(file('a.jpg', broken))).facts.map(({ name }) => name)).not.toContain('camera');
    expect((await extract(file('a.png', samples.pngHead(0, 0)))).facts).toEqual([]);
  });

  it.each([
    ['ID3\x04', 'audio', 'audio/mpeg'],
    ['\xff\xfb\x90\x00', 'audio', 'audio/mpeg'],
    ['OggS\0', 'audio', 'audio/ogg'],
    ['fLaC\0', 'audio', 'audio/flac'],
    ['RIFF\0\0\0\0WAVE', 'audio', 'audio/wav'],
    ['\0\0\0\x18ftypM4A ', 'audio', 'audio/mp4'],
    ['\0\0\0\x18ftypisom', 'video', 'video/mp4'],
    ['\x1a\x45\xdf\xa3', 'video', 'video/webm'],
  ])('%j is played whole or not at all', async (head, kind, mediaType) => {
    const given = file('x', Buffer.from(head, 'latin1'));
    expect(await preview(given)).toEqual({ content: { kind, mediaType }, limits: [] });
    expect(await preview({ ...given, size: 10_000 })).toEqual(hexWith('cut'));
    expect(await extract(given)).toMatchObject({ text: null, failure: null });
  });

  it('anything else shows its bytes', async () => {
    for (const head of ['\0\x01\x02', '\0\0\0\x18ftypheic', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1nothing'])
      expect(await preview(file('x', Buffer.from(head, 'latin1')))).toEqual(hexWith());
  });
});
