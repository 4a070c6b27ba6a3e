import { createDecipheriv, createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { fromBER, Integer, OctetString, Sequence } from 'asn1js';
import { type AlgorithmIdentifier, type MacData, PBES2Params, PBKDF2Params } from 'pkijs';
import { ExpectedError } from '../../../shared/ipc/errors.ts';
import { decryptRc2 } from './rc2.ts';

/** The password-based schemes of PKCS#12 files (RFC 7292, RFC 8018), old and current. */

const derive = promisify(pbkdf2);
/** More rounds than any program writes; a file that asks for more would only keep the machine busy. */
const mostRounds = 10_000_000;

const hashes: Readonly<Record<string, { readonly name: string; readonly block: number }>> = {
  '1.3.14.3.2.26': { name: 'sha1', block: 64 },
  '2.16.840.1.101.3.4.2.1': { name: 'sha256', block: 64 },
  '2.16.840.1.101.3.4.2.2': { name: 'sha384', block: 128 },
  '2.16.840.1.101.3.4.2.3': { name: 'sha512', block: 128 },
};
const pseudoRandom: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
const ciphers: Readonly<Record<string, { readonly name: string; readonly key: number }>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', key: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', key: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', key: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', key: 24 },
};
const oldSchemes: Readonly<Record<string, { readonly cipher: 'des-ede3-cbc' | 'des-ede-cbc' | 'rc2'; readonly key: number }>> = {
  '1.2.840.113549.1.12.1.3': { cipher: 'des-ede3-cbc', key: 24 },
  '1.2.840.113549.1.12.1.4': { cipher: 'des-ede-cbc', key: 16 },
  '1.2.840.113549.1.12.1.5': { cipher: 'rc2', key: 16 },
  '1.2.840.113549.1.12.1.6': { cipher: 'rc2', key: 5 },
};
const pbes2 = '1.2.840.113549.1.5.13';

/** Whether the password gives the file's integrity code (RFC 7292, appendix B with id 3). */
export function macMatches(mac: MacData, content: Uint8Array, password: string): boolean {
  const hash = hashes[mac.mac.digestAlgorithm.algorithmId];
  if (!hash) throw unsupported();
  const expected = new Uint8Array(mac.mac.digest.valueBlock.valueHexView);
  const salt = new Uint8Array(mac.macSalt.valueBlock.valueHexView);
  const rounds = requireRounds(mac.iterations ?? 1);
  // An empty password is written as two zero bytes by some programs and as nothing by others.
  const spellings = password === '' ? [bmpString(''), new Uint8Array()] : [bmpString(password)];
  return spellings.some((secret) => {
    const key = pkcs12Key(hash, secret, salt, rounds, 3, expected.length);
    const actual = createHmac(hash.name, key).update(content).digest();
    return actual.length === expected.length && timingSafeEqual(actual, expected);
  });
}

/** Decrypts one part of the file. Errors: `identity.password`, `identity.unsupported`. */
export async function decryptPart(algorithm: AlgorithmIdentifier, data: Uint8Array, password: string): Promise<Uint8Array> {
  const plain = algorithm.algorithmId === pbes2 ? await decryptPbes2(algorithm, data, password) : decryptOld(algorithm, data, password);
  // One wrong password in 256 leaves a padding that looks right, so what is in it counts: keys and contents are sequences.
  if (!plain || !isSequence(plain)) throw new ExpectedError('identity.password', 'Check the password and try again.');
  return plain;
}

/** Whether the bytes are one sequence from the first to the last. */
function isSequence(bytes: Uint8Array): boolean {
  const { offset, result } = fromBER(new Uint8Array(bytes));
  return result instanceof Sequence && offset === bytes.length;
}

async function decryptPbes2(algorithm: AlgorithmIdentifier, data: Uint8Array, password: string): Promise<Uint8Array | null> {
  const parameters = new PBES2Params({ schema: algorithm.algorithmParams });
  const derivation = new PBKDF2Params({ schema: parameters.keyDerivationFunc.algorithmParams });
  const cipher = ciphers[parameters.encryptionScheme.algorithmId];
  const hash = pseudoRandom[derivation.prf?.algorithmId ?? '1.2.840.113549.2.7'];
  const iv = parameters.encryptionScheme.algorithmParams as unknown;
  if (!cipher || !hash || !(iv instanceof OctetString) || !(derivation.salt instanceof OctetString)) throw unsupported();
  const salt = new Uint8Array(derivation.salt.valueBlock.valueHexView);
  const key = await derive(Buffer.from(password, 'utf8'), salt, requireRounds(derivation.iterationCount), cipher.key, hash);
  return decipher(cipher.name, key, new Uint8Array(iv.valueBlock.valueHexView), data);
}

function decryptOld(algorithm: AlgorithmIdentifier, data: Uint8Array, password: string): Uint8Array | null {
  const scheme = oldSchemes[algorithm.algorithmId];
  const parameters = algorithm.algorithmParams as unknown;
  if (!scheme || !(parameters instanceof Sequence)) throw unsupported();
  const [salt, rounds] = parameters.valueBlock.value;
  if (!(salt instanceof OctetString) || !(rounds instanceof Integer)) throw unsupported();
  const saltBytes = new Uint8Array(salt.valueBlock.valueHexView);
  const count = requireRounds(rounds.valueBlock.valueDec);
  const sha1 = { name: 'sha1', block: 64 };
  const secret = bmpString(password);
  const key = pkcs12Key(sha1, secret, saltBytes, count, 1, scheme.key);
  const iv = pkcs12Key(sha1, secret, saltBytes, count, 2, 8);
  if (scheme.cipher === 'rc2') return decryptRc2(key, 8 * scheme.key, iv, data);
  // Two-key triple DES is three-key triple DES with the first key again.
  const full = scheme.cipher === 'des-ede-cbc' ? Buffer.concat([key, key.subarray(0, 8)]) : key;
  return decipher('des-ede3-cbc', full, iv, data);
}

/** Null when the padding does not come out right, as with a wrong password. */
function decipher(name: string, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array | null {
  try {
    const opened = createDecipheriv(name, key, iv);
    return Buffer.concat([opened.update(data), opened.final()]);
  } catch {
    return null;
  }
}

/** Key derivation of RFC 7292, appendix B.2; `purpose` is 1 for keys, 2 for initial vectors, 3 for integrity. */
function pkcs12Key(
  hash: { readonly name: string; readonly block: number },
  password: Uint8Array,
  salt: Uint8Array,
  rounds: number,
  purpose: 1 | 2 | 3,
  length: number,
): Uint8Array {
  const { name, block } = hash;
  const diversifier = new Uint8Array(block).fill(purpose);
  const input = Buffer.concat([stretched(salt, block), stretched(password, block)]);
  const result: Buffer[] = [];
  for (let produced = 0; produced < length; ) {
    let digest = createHash(name).update(diversifier).update(input).digest();
    for (let round = 1; round < rounds; round += 1) digest = createHash(name).update(digest).digest();
    result.push(digest);
    produced += digest.length;
    const increment = stretched(digest, block).subarray(0, block);
    for (let start = 0; start < input.length; start += block) addWithCarry(input, start, increment);
  }
  return Buffer.concat(result).subarray(0, length);
}

/** `bytes` over and over, to a whole number of blocks. */
function stretched(bytes: Uint8Array, block: number): Buffer {
  return Buffer.alloc(block * Math.ceil(bytes.length / block), bytes);
}

/** Adds `increment` and one to the number of the same length at `start`. */
function addWithCarry(target: Buffer, start: number, increment: Buffer): void {
  let carry = 1;
  for (let index = increment.length - 1; index >= 0; index -= 1) {
    const sum = target.readUInt8(start + index) + increment.readUInt8(index) + carry;
    target[start + index] = sum & 0xff;
    carry = sum >> 8;
  }
}

/** UTF-16, big end first, with two zero bytes behind it. */
function bmpString(text: string): Uint8Array {
  const bytes = Buffer.alloc(2 * text.length + 2);
  for (let index = 0; index < text.length; index += 1) bytes.writeUInt16BE(text.charCodeAt(index), 2 * index);
  return bytes;
}

function requireRounds(rounds: number): number {
  if (!Number.isSafeInteger(rounds) || rounds < 1 || rounds > mostRounds) throw unsupported();
  return rounds;
}

function unsupported(): ExpectedError {
  return new ExpectedError('identity.unsupported', 'Its protection is of a kind Sealbook does not know. Export it again with AES.');
}
