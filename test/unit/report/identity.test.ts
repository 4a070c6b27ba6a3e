import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeCertificate, issueIdentity } from '../../../electron/vault/crypto/identity.ts';
import { importPkcs12 } from '../../../electron/vault/crypto/pkcs12.ts';
import { decryptRc2 } from '../../../electron/vault/crypto/rc2.ts';
import { takeApart, verifySignature } from '../../../electron/vault/report/cms/public-key.ts';
import type { ExpectedError } from '../../../shared/ipc/errors.ts';
import { hasTool, inTemporaryFolder, signedSample } from './fixtures.ts';

const openssl = hasTool('openssl');
const needsOpenssl = openssl ? test : test.skip;

/** Runs openssl commands, split at spaces, in a temporary folder; returns the file that the last one wrote. */
function make(output: string, ...commands: readonly string[]): Promise<Uint8Array> {
  return inTemporaryFolder((folder) => {
    for (const command of commands) execFileSync('openssl', command.split(' '), { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    return readFileSync(join(folder, output));
  });
}

const makeKey = 'ecparam -name prime256v1 -genkey -noout -out key.pem';
const makeCertificate = 'req -x509 -new -key key.pem -subj /CN=Ann/emailAddress=ann@b.example -days 30 -out cert.pem';
const bundle = 'pkcs12 -export -inkey key.pem -in cert.pem -out id.p12 -passout pass:secret';

function identityFile(options = '', key = makeKey): Promise<Uint8Array> {
  return make('id.p12', key, makeCertificate, options === '' ? bundle : `${bundle} ${options}`);
}

async function refusal(bytes: Uint8Array, password = 'secret'): Promise<string> {
  try {
    await importPkcs12(bytes, password);
    return 'imported';
  } catch (error) {
    return (error as ExpectedError).code;
  }
}

/** openssl keeps the old algorithms in a provider that not every system delivers. */
const legacy =
  openssl &&
  (await identityFile('-legacy').then(
    () => true,
    () => false,
  ));
const needsLegacy = legacy ? test : test.skip;

describe('a self-issued identity', () => {
  test('names its person and is valid for ten years', async () => {
    const key = await issueIdentity({ name: 'Zoë "Z", Ltd. <x>', email: 'zoë@exämple.org' }, new Date('2026-03-01T10:00:00.789Z'));
    const described = describeCertificate(key.certificateDer);
    expect(described.subject).toContain('Zoë');
    expect(described.issuer).toBe(described.subject);
    expect(described.notBefore).toBe('2026-03-01T10:00:00.000Z');
    expect(described.notAfter).toBe('2036-03-01T10:00:00.000Z');
    expect(described.algorithm).toBe('ECDSA P-256');
    expect(described.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(described.certificatePem).toMatch(/^-----BEGIN CERTIFICATE-----\n[\s\S]*\n-----END CERTIFICATE-----\n$/);
    expect(key.chain).toEqual([]);
  });

  test('is another one every time', async () => {
    const person = { name: 'Ann', email: 'ann@b.example' };
    const [one, two] = await Promise.all([issueIdentity(person), issueIdentity(person)]);
    expect(describeCertificate(one.certificateDer).fingerprint).not.toBe(describeCertificate(two.certificateDer).fingerprint);
  });

  needsOpenssl('reads well elsewhere: not an authority, for signing and non-repudiation', async () => {
    const { certificateDer } = await issueIdentity({ name: 'Zoë', email: 'z@b.example' });
    const text = await inTemporaryFolder((folder) => {
      writeFileSync(join(folder, 'c.der'), certificateDer);
      return execFileSync('openssl', ['x509', '-inform', 'der', '-in', 'c.der', '-noout', '-text'], { cwd: folder, encoding: 'utf8' });
    });
    expect(text).toContain('CA:FALSE');
    expect(text).toContain('Digital Signature, Non Repudiation');
    expect(text).toContain('ecdsa-with-SHA256');
  });

  test('is described as nothing when the bytes are no certificate', () => {
    expect(() => describeCertificate(randomBytes(40))).toThrow();
  });
});

describe('importing PKCS#12', () => {
  needsOpenssl('takes what openssl writes today, and the key signs', async () => {
    const key = await importPkcs12(await identityFile(), 'secret');
    expect(describeCertificate(key.certificateDer).subject).toContain('CN=Ann');
    const { bytes } = await signedSample({ controls: 7, findings: 0, evidence: 0 }, key);
    expect(bytes.length).toBeGreaterThan(1000);
  });

  needsOpenssl('takes every current cipher and hash, an empty password and none at all', async () => {
    for (const options of [
      '-certpbe AES-128-CBC -keypbe AES-192-CBC',
      '-certpbe AES-256-CBC -keypbe AES-256-CBC -macalg sha512',
      '-macalg sha384 -iter 3',
      '-macalg sha1 -nomaciter',
      '-certpbe NONE -keypbe NONE',
      '-nomac',
      '-name café',
    ]) {
      expect(await refusal(await identityFile(options)), options).toBe('imported');
    }
    const empty = await make('id.p12', makeKey, makeCertificate, bundle.replace('pass:secret', 'pass:'));
    expect(await refusal(empty, '')).toBe('imported');
    expect(await refusal(empty, 'x')).toBe('identity.password');
  });

  needsLegacy('takes the old ciphers: triple DES and RC2', async () => {
    expect(await refusal(await identityFile('-legacy'))).toBe('imported');
    expect(await refusal(await identityFile('-legacy -certpbe PBE-SHA1-RC2-128 -keypbe PBE-SHA1-2DES'))).toBe('imported');
    expect(await refusal(await identityFile('-legacy -nomac'), 'wrong')).toBe('identity.password');
    expect(await refusal(await identityFile('-legacy -certpbe PBE-SHA1-3DES -nomac'), 'wrong')).toBe('identity.password');
  });

  needsLegacy('refuses ciphers, hashes and rounds it does not know', async () => {
    const file = Buffer.from(await identityFile('-legacy -nomac -certpbe PBE-SHA1-3DES'));
    const tripleDes = Buffer.from('2a864886f70d010c0103', 'hex');
    file[file.indexOf(tripleDes) + tripleDes.length - 1] = 1;
    expect(await refusal(file)).toBe('identity.unsupported');
    const current = Buffer.from(await identityFile('-nomac'));
    const aes = Buffer.from('60864801650304012a', 'hex');
    current[current.indexOf(aes) + aes.length - 1] = 1;
    expect(await refusal(current)).toBe('identity.unsupported');
    const md5 = await identityFile('-macalg md5');
    expect(await refusal(md5)).toBe('identity.unsupported');
    const patient = Buffer.from(await identityFile('-iter 8388607 -nomac -certpbe NONE -keypbe NONE'));
    expect(await refusal(patient)).toBe('imported');
    const rounds = Buffer.from(await identityFile('-iter 2049 -nomac'));
    const at = rounds.indexOf(Buffer.from('02020801', 'hex'));
    rounds.set(Buffer.from('02020000', 'hex'), at);
    expect(await refusal(rounds)).toBe('identity.unsupported');
  });

  needsOpenssl('keeps the issuers, nearest first', async () => {
    const bytes = await make(
      'id.p12',
      'req -x509 -newkey rsa:2048 -nodes -keyout root.key -subj /CN=Root -days 30 -out root.pem',
      makeKey,
      'req -new -key key.pem -subj /CN=Ann -out ann.csr',
      'x509 -req -in ann.csr -CA root.pem -CAkey root.key -set_serial 5 -days 30 -out cert.pem',
      `${bundle} -certfile root.pem`,
    );
    const key = await importPkcs12(bytes, 'secret');
    expect(key.chain.map((certificate) => describeCertificate(certificate).subject)).toEqual(['CN=Root']);
    expect(describeCertificate(key.certificateDer).issuer).toBe('CN=Root');
    expect(describeCertificate(key.chain[0] ?? new Uint8Array()).algorithm).toBe('RSA 2048');
    const alone = await make(
      'id.p12',
      makeKey,
      'req -x509 -newkey rsa:2048 -nodes -keyout root.key -subj /CN=Root -days 30 -out root.pem',
      'req -new -key key.pem -subj /CN=Ann -out ann.csr',
      'x509 -req -in ann.csr -CA root.pem -CAkey root.key -set_serial 5 -days 30 -out cert.pem',
      bundle,
    );
    expect((await importPkcs12(alone, 'secret')).chain).toEqual([]);
  });

  needsOpenssl('refuses a wrong password, whether or not there is an integrity code', async () => {
    expect(await refusal(await identityFile(), 'wrong')).toBe('identity.password');
    expect(await refusal(await identityFile('-nomac'), 'wrong')).toBe('identity.password');
  });

  needsOpenssl('refuses every wrong password, also the one in 256 that leaves a padding that looks right', async () => {
    const file = await identityFile('-iter 1 -nomac');
    const refusals = new Set<string>();
    for (let attempt = 0; attempt < 1000; attempt += 1) refusals.add(await refusal(file, `wrong ${attempt}`));
    expect([...refusals]).toEqual(['identity.password']);
  });

  needsOpenssl('refuses keys that cannot sign reports', async () => {
    expect(await refusal(await identityFile('', 'genrsa -out key.pem 1024'))).toBe('identity.unsupported');
    expect(await refusal(await identityFile('', 'genrsa -out key.pem 2048'))).toBe('imported');
    expect(await refusal(await identityFile('', 'ecparam -name secp384r1 -genkey -noout -out key.pem'))).toBe('imported');
    expect(await refusal(await identityFile('', 'ecparam -name secp521r1 -genkey -noout -out key.pem'))).toBe('identity.unsupported');
    expect(await refusal(await identityFile('', 'genpkey -algorithm ed25519 -out key.pem'))).toBe('identity.unsupported');
  });

  needsOpenssl('refuses a certificate that belongs to another key', async () => {
    const open = '-nomac -certpbe NONE -keypbe NONE';
    const bytes = Buffer.from(await identityFile(open));
    const { certificateDer: own } = await importPkcs12(bytes, '');
    let other = own;
    // Signatures in certificates differ in length by a byte or two.
    while (other === own || other.length !== own.length) other = (await importPkcs12(await identityFile(open), '')).certificateDer;
    const at = bytes.indexOf(own);
    expect(at).toBeGreaterThan(0);
    bytes.set(other, at);
    expect(await refusal(bytes, '')).toBe('identity.unreadable');
  });

  needsOpenssl('refuses a certificate that is not for signing', async () => {
    const bytes = await make('id.p12', makeKey, `${makeCertificate} -addext keyUsage=keyAgreement`, bundle);
    expect(await refusal(bytes)).toBe('identity.unsupported');
  });

  needsOpenssl('refuses files without a key, without a certificate, or that are something else', async () => {
    expect(await refusal(await make('id.p12', makeKey, makeCertificate, `${bundle} -nokeys`))).toBe('identity.unreadable');
    expect(await refusal(await make('id.p12', makeKey, 'pkcs12 -export -inkey key.pem -nocerts -out id.p12 -passout pass:secret'))).toBe(
      'identity.unreadable',
    );
    expect(await refusal(new Uint8Array())).toBe('identity.unreadable');
    expect(await refusal(randomBytes(500))).toBe('identity.unreadable');
    const whole = await identityFile();
    for (const length of [1, 40, 300, whole.length - 1])
      expect(await refusal(whole.subarray(0, length)), `${length} bytes`).toBe('identity.unreadable');
  });

  needsOpenssl('never fails in any other way when a byte is changed', async () => {
    const whole = await identityFile('-iter 2');
    for (let at = 0; at < whole.length; at += 7) {
      const other = Uint8Array.from(whole);
      other[at] = (other[at] ?? 0) ^ 0x21;
      expect(await refusal(other), `byte ${at}`).toMatch(/^(imported|identity\.(password|unreadable|unsupported))$/);
    }
  });
});

describe('RC2', () => {
  const hex = (text: string) => Buffer.from(text, 'hex');

  test('decrypts the vectors of RFC 2268, section 5', () => {
    // The vectors are single blocks without padding, so the padding check is given a last block it accepts or refuses.
    const vectors = [
      { key: '88bca90e90875a', bits: 64, plain: '0000000000000000', cipher: '6ccf4308974c267f' },
      { key: '88bca90e90875a7f0f79c384627bafb2', bits: 128, plain: '0000000000000000', cipher: '2269552ab0f85ca6' },
      { key: '88bca90e90875a7f0f79c384627bafb2', bits: 64, plain: '0000000000000000', cipher: '1a807d272bbe5db1' },
    ];
    for (const { key, bits, plain, cipher } of vectors) {
      // An initial vector of 01..01 turns the plain block of zeros into one with a padding of one.
      const iv = Buffer.alloc(8, 1);
      expect(decryptRc2(hex(key), bits, iv, hex(cipher))).toEqual(
        Uint8Array.from(
          hex(plain)
            .subarray(1)
            .map(() => 1),
        ),
      );
    }
  });

  test('refuses half blocks and wrong padding', () => {
    expect(decryptRc2(hex('88bca90e90875a'), 64, Buffer.alloc(8), Buffer.alloc(7))).toBeNull();
    expect(decryptRc2(hex('88bca90e90875a'), 64, Buffer.alloc(8), hex('6ccf4308974c267f'))).toBeNull();
  });
});

describe('signature keys', () => {
  test('of unknown kinds are refused, odd ECDSA signatures too', async () => {
    const { certificateDer } = await issueIdentity({ name: 'Ann', email: 'ann@b.example' });
    const parts = takeApart(certificateDer);
    for (const signature of ['3000', '3006020100020100', '300602010102010100', '30080202000102020001', '0500']) {
      expect(await verifySignature(parts, new Uint8Array(3), hexBytes(signature)).catch(() => false)).toBe(false);
    }
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp521r1' });
    const spki = publicKey.export({ format: 'der', type: 'spki' });
    const name = Buffer.from('3000', 'hex');
    const integer = Buffer.from('020101', 'hex');
    const body = Buffer.concat([integer, name, name, name, name, spki]);
    const tbs = Buffer.concat([Buffer.from([0x30, 0x81, body.length]), body]);
    expect(() => takeApart(Buffer.concat([Buffer.from([0x30, 0x81, tbs.length]), tbs]))).toThrow('unknown curve');
  });
});

function hexBytes(text: string): Uint8Array {
  return Buffer.from(text, 'hex');
}
