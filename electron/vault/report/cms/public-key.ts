import { child, children, DerError, type DerValue, decode, encode, encodeObjectIdentifier, equalBytes, tags } from './der.ts';
import { provider } from './platform.ts';

/** Certificates as far as a signature needs them, and the check of a signature with their key. */

export type KeyKind = { readonly name: 'ECDSA'; readonly curve: 'P-256' | 'P-384'; readonly bytes: number } | { readonly name: 'RSA' };

export interface CertificateParts {
  readonly serialNumber: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly subjectPublicKeyInfo: Uint8Array;
  readonly key: KeyKind;
}

const keyOids = {
  elliptic: encodeObjectIdentifier('1.2.840.10045.2.1'),
  rsa: encodeObjectIdentifier('1.2.840.113549.1.1.1'),
  p256: encodeObjectIdentifier('1.2.840.10045.3.1.7'),
  p384: encodeObjectIdentifier('1.3.132.0.34'),
};

/** Takes a certificate apart (RFC 5280, 4.1). Throws a `DerError` when it is none, or its key cannot sign reports. */
export function takeApart(certificateDer: Uint8Array): CertificateParts {
  const signed = child(decode(certificateDer), 0, tags.sequence);
  const offset = children(signed)[0]?.tag === tags.context0 ? 1 : 0;
  const subjectPublicKeyInfo = child(signed, offset + 5, tags.sequence);
  return {
    serialNumber: child(signed, offset, tags.integer).raw,
    issuer: child(signed, offset + 2, tags.sequence).raw,
    subject: child(signed, offset + 4, tags.sequence).raw,
    subjectPublicKeyInfo: subjectPublicKeyInfo.raw,
    key: keyKind(subjectPublicKeyInfo),
  };
}

function keyKind(subjectPublicKeyInfo: DerValue): KeyKind {
  const algorithm = child(subjectPublicKeyInfo, 0, tags.sequence);
  const identifier = child(algorithm, 0, tags.objectIdentifier).raw;
  if (equalBytes(identifier, keyOids.rsa)) return { name: 'RSA' };
  if (!equalBytes(identifier, keyOids.elliptic)) throw new DerError('The key is of an unknown kind.');
  const curve = child(algorithm, 1, tags.objectIdentifier).raw;
  if (equalBytes(curve, keyOids.p256)) return { name: 'ECDSA', curve: 'P-256', bytes: 32 };
  if (equalBytes(curve, keyOids.p384)) return { name: 'ECDSA', curve: 'P-384', bytes: 48 };
  throw new DerError('The key is on an unknown curve.');
}

/** Whether `signature` (SHA-256; ECDSA in DER, or RSA PKCS #1 v1.5) over `data` was made with the certificate's key. */
export async function verifySignature(parts: CertificateParts, data: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const spki = new Uint8Array(parts.subjectPublicKeyInfo);
  const { subtle } = provider;
  if (parts.key.name === 'RSA') {
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const key = await subtle.importKey('spki', spki, algorithm, false, ['verify']);
    return subtle.verify(algorithm, key, new Uint8Array(signature), new Uint8Array(data));
  }
  const plain = plainSignature(signature, parts.key.bytes);
  if (!plain) return false;
  const key = await subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: parts.key.curve }, false, ['verify']);
  return subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, plain, new Uint8Array(data));
}

/** r and s side by side, as WebCrypto wants them; null when they are not in their one canonical DER encoding. */
function plainSignature(signature: Uint8Array, size: number): Uint8Array<ArrayBuffer> | null {
  const sequence = decode(signature);
  const plain = new Uint8Array(2 * size);
  const integers = children(sequence);
  if (sequence.tag !== tags.sequence || integers.length !== 2) return null;
  for (const [index, integer] of integers.entries()) {
    const magnitude = integer.content[0] === 0 ? integer.content.subarray(1) : integer.content;
    if (magnitude.length === 0 || magnitude.length > size) return null;
    plain.set(magnitude, (index + 1) * size - magnitude.length);
  }
  const canonical = encode(
    tags.sequence,
    ...[plain.subarray(0, size), plain.subarray(size)].map((number) => encode(tags.integer, shortest(number))),
  );
  return equalBytes(canonical, signature) ? plain : null;
}

/** The shortest two's complement form of a positive number. */
function shortest(number: Uint8Array): Uint8Array {
  const start = number.findIndex((byte) => byte !== 0);
  const magnitude = number.subarray(Math.max(0, start));
  return Number(magnitude[0]) >= 0x80 ? Uint8Array.from([0, ...magnitude]) : magnitude;
}
