import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { children, decode, encode, encodeObjectIdentifier, encodeSetOf } from '../../../electron/vault/report/cms/der.ts';
import { encodeSignedData } from '../../../electron/vault/report/cms/signed-data.ts';
import { PdfReader, type PdfString, type PdfValue, textOf } from '../../../electron/vault/report/pdf/objects.ts';
import { addSignatureField } from '../../../electron/vault/report/sign/signature-field.ts';
import { canonicalJson } from '../../../shared/domain/canonical-json.ts';

function read(text: string): PdfValue {
  return new PdfReader(Buffer.from(text, 'latin1'), 0).value();
}

function string(text: string): string {
  return textOf(read(text) as PdfString);
}

describe('reading PDF objects', () => {
  test('knows every kind', () => {
    expect(read('true')).toBe(true);
    expect(read('false')).toBe(false);
    expect(read(' null')).toBe(null);
    expect(read('-1.5')).toBe(-1.5);
    expect(read('+7')).toBe(7);
    expect(read('.5')).toBe(0.5);
    expect(read('/A#20b')).toEqual({ kind: 'name', name: 'A b' });
    expect(read('12 0 R')).toEqual({ kind: 'reference', object: 12, generation: 0 });
    expect(read('[1 2 0 R 3 % comment\n 4]')).toEqual([1, { kind: 'reference', object: 2, generation: 0 }, 3, 4]);
    expect(read('<< /A 1 /B [true] >>')).toMatchObject({
      kind: 'dictionary',
      entries: new Map<string, PdfValue>([
        ['A', 1],
        ['B', [true]],
      ]),
    });
  });

  test('reads strings in every spelling', () => {
    expect(string('(plain (nested) text)')).toBe('plain (nested) text');
    expect(string('(a\\n\\r\\t\\b\\f\\(\\)\\\\\\101\\7\\\nb\\x)')).toBe('a\n\r\t\b\f()\\A\u0007bx');
    expect(string('<48 65 6c6C 6f>')).toBe('Hello');
    expect(string('<4>')).toBe('@');
    expect(string('<feff005a00f6>')).toBe('Zö');
    expect(string('()')).toBe('');
  });

  test('reads a string of hex digits that is empty, or ends with half a byte', () => {
    const read = (text: string) => new PdfReader(Buffer.from(text), 0).value();
    expect(read('<>')).toMatchObject({ bytes: new Uint8Array() });
    expect(read('<414>')).toMatchObject({ bytes: Uint8Array.of(0x41, 0x40) });
  });

  test('refuses what is not an object, with the place', () => {
    for (const text of ['', '<', '(open', '[1', '<< /A', '<< 1 2 >>', '<</A 1/A 2>>', 'word', '1.2.3', '--1', '<< /A >>', ')']) {
      expect(() => read(text), text).toThrow();
    }
    expect(() => new PdfReader(Buffer.from('x 1'), 0).integer()).toThrow('A number is missing');
    expect(() => new PdfReader(Buffer.from('-1'), 0).integer()).toThrow('A whole number is missing');
    expect(() => new PdfReader(Buffer.from('abc'), 0).expect('abd')).toThrow('missing');
  });

  test('ends for any bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'()<>[]{}/%\\ \n019aR.-+true'), maxLength: 60 }), (text) => {
        try {
          read(text);
        } catch (error) {
          expect((error as Error).name).toBe('PdfError');
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('DER', () => {
  test('reads what it writes, of any length', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
      const value = decode(encode(0x04, new Uint8Array(length).fill(7)));
      expect(value.content.length).toBe(length);
    }
  });

  test('sorts sets and writes identifiers', () => {
    const set = decode(
      encodeSetOf(0x31, [Uint8Array.of(4, 2, 1, 1), Uint8Array.of(4, 1, 9), Uint8Array.of(4, 2, 1, 0), Uint8Array.of(4, 1, 9)]),
    );
    expect(children(set).map((item) => Buffer.from(item.raw).toString('hex'))).toEqual(['040109', '040109', '04020100', '04020101']);
    expect(Buffer.from(encodeObjectIdentifier('1.2.840.113549.1.9.16.2.47')).toString('hex')).toBe('060b2a864886f70d010910022f');
  });

  test('refuses cut, endless and trailing bytes', () => {
    for (const hex of ['', '04', '0402ff', '0480', '0485ffffffffff', '040100ff', '1f0100', '0484']) {
      expect(() => decode(Buffer.from(hex, 'hex')), hex).toThrow();
    }
  });

  test('has no signature without a certificate', async () => {
    await expect(encodeSignedData({ certificates: [], digest: new Uint8Array(32), signature: new Uint8Array() })).rejects.toThrow(
      'no certificate',
    );
  });
});

describe('canonical JSON', () => {
  test('does not depend on the order of keys, and means the same', () => {
    expect(canonicalJson({ b: [1, null, 'x'], a: { d: true, c: 'é' } })).toBe('{"a":{"c":"é","d":true},"b":[1,null,"x"]}');
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });
});

describe('adding a signature field', () => {
  const base = (catalog: string, page: string, trailer = '/Size 4 /Root 1 0 R') => {
    const objects = [`1 0 obj\n${catalog}\nendobj\n`, `2 0 obj\n<< /Kids [3 0 R] >>\nendobj\n`, `3 0 obj\n${page}\nendobj\n`];
    let text = '%PDF-1.7\n';
    const offsets = objects.map((object) => {
      const at = text.length;
      text += object;
      return at;
    });
    const table = text.length;
    const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
    return Buffer.from(`${text}xref\n0 4\n0000000000 65535 f \n${rows}trailer\n<< ${trailer} >>\nstartxref\n${table}\n%%EOF\n`, 'latin1');
  };
  const request = {
    certificateDer: new Uint8Array(),
    chain: [],
    privateKeyPkcs8: new Uint8Array(),
    signedAt: new Date(0),
    name: '',
    reason: '',
  };
  const sound = '<< /Pages 2 0 R >>';

  test('refuses files that are not a freshly rendered report', () => {
    for (const pdf of [
      base(sound, '<< /Annots [] >>'),
      base('<< /Pages 2 0 R /AcroForm << >> >>', '<< >>'),
      base(sound, '<< >>', '/Root 1 0 R'),
      base(sound, '<< >>', '/Size 4'),
      base('<< /Pages 9 0 R >>', '<< >>'),
      base('[1]', '<< >>'),
      base(sound, '<< >>', '/Size 4 /Root 1 0 R /Info true'),
      base(sound, '<< >>', '/Size 4 /Root 1 0 R'),
    ]) {
      expect(() => addSignatureField({ ...request, pdf }, 10)).toThrow();
    }
  });
});
