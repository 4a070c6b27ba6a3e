import {
  child,
  children,
  DerError,
  type DerValue,
  decodeAt,
  encode,
  encodeObjectIdentifier,
  encodeSetOf,
  equalBytes,
  tags,
} from './der.ts';
import { sha256 } from './platform.ts';
import { type KeyKind, takeApart } from './public-key.ts';

/**
 * The CMS signature inside a report (RFC 5652, ETSI EN 319 122-1 baseline B): one signer, detached, SHA-256, signed
 * attributes content type, message digest and signing certificate v2. There is exactly one way to write it down, so a
 * verifier rebuilds it from its parts and sees every changed byte, also in fields that the signature does not cover.
 */

export interface SignedParts {
  /** The signer's certificate first, then its chain; all of them are named in the signed attributes. */
  readonly certificates: readonly Uint8Array[];
  /** SHA-256 of the signed bytes. */
  readonly digest: Uint8Array;
  readonly signature: Uint8Array;
}

const oid = {
  data: encodeObjectIdentifier('1.2.840.113549.1.7.1'),
  signedData: encodeObjectIdentifier('1.2.840.113549.1.7.2'),
  contentType: encodeObjectIdentifier('1.2.840.113549.1.9.3'),
  messageDigest: encodeObjectIdentifier('1.2.840.113549.1.9.4'),
  signingCertificate: encodeObjectIdentifier('1.2.840.113549.1.9.16.2.47'),
  sha256: encodeObjectIdentifier('2.16.840.1.101.3.4.2.1'),
  ecdsaWithSha256: encodeObjectIdentifier('1.2.840.10045.4.3.2'),
  rsaWithSha256: encodeObjectIdentifier('1.2.840.113549.1.1.11'),
};
const versionOne = encode(tags.integer, Uint8Array.of(1));
const nothing = encode(0x05);
const sha256Algorithm = encode(tags.sequence, oid.sha256);

function signatureAlgorithm(key: KeyKind): Uint8Array {
  return key.name === 'RSA' ? encode(tags.sequence, oid.rsaWithSha256, nothing) : encode(tags.sequence, oid.ecdsaWithSha256);
}

/** The attributes to sign, as the SET OF over which the signature is made (RFC 5652, 5.4). */
export async function signedAttributes(parts: Pick<SignedParts, 'certificates' | 'digest'>): Promise<Uint8Array> {
  const hashes = await Promise.all(parts.certificates.map((certificate) => sha256(certificate)));
  const identifiers = hashes.map((hash) => encode(tags.sequence, encode(tags.octetString, hash)));
  return encodeSetOf(tags.set, [
    attribute(oid.contentType, oid.data),
    attribute(oid.messageDigest, encode(tags.octetString, parts.digest)),
    attribute(oid.signingCertificate, encode(tags.sequence, encode(tags.sequence, ...identifiers))),
  ]);
}

function attribute(type: Uint8Array, value: Uint8Array): Uint8Array {
  return encode(tags.sequence, type, encode(tags.set, value));
}

/** Writes the signature down. */
export async function encodeSignedData(parts: SignedParts): Promise<Uint8Array> {
  const [signer] = parts.certificates;
  if (!signer) throw new DerError('There is no certificate.');
  const { issuer, serialNumber, key } = takeApart(signer);
  const attributes = await signedAttributes(parts);
  const implicitAttributes = Uint8Array.from(attributes);
  implicitAttributes[0] = tags.context0;
  const signerInfo = encode(
    tags.sequence,
    versionOne,
    encode(tags.sequence, issuer, serialNumber),
    sha256Algorithm,
    implicitAttributes,
    signatureAlgorithm(key),
    encode(tags.octetString, parts.signature),
  );
  const signedData = encode(
    tags.sequence,
    versionOne,
    encode(tags.set, sha256Algorithm),
    encode(tags.sequence, oid.data),
    encodeSetOf(tags.context0, parts.certificates),
    encode(tags.set, signerInfo),
  );
  return encode(tags.sequence, oid.signedData, encode(tags.context0, signedData));
}

export interface ReadSignature {
  readonly parts: SignedParts;
  /** The container itself, without the padding behind it. */
  readonly raw: Uint8Array;
  /** Whether each certificate is named in the signed attributes and each named one is there. */
  readonly certificatesMatch: boolean;
}

/**
 * Reads a signature from the start of `container`. Only looks up the parts; whether everything else is as it must be
 * shows when they are written down again. Throws a `DerError` when a part is missing.
 */
export async function decodeSignedData(container: Uint8Array): Promise<ReadSignature> {
  const contentInfo = decodeAt(container, 0);
  const signedData = child(child(contentInfo, 1, tags.context0), 0, tags.sequence);
  const certificates = children(child(signedData, 3, tags.context0)).map((certificate) => certificate.raw);
  const signerInfo = child(child(signedData, 4, tags.set), 0, tags.sequence);
  const attributes = child(signerInfo, 3, tags.context0);
  const digest = attributeValue(attributes, oid.messageDigest).content;
  const named = children(child(attributeValue(attributes, oid.signingCertificate), 0, tags.sequence)).map(
    (identifier) => child(identifier, 0, tags.octetString).content,
  );
  const ordered = await inOrder(certificates, named);
  return {
    parts: { certificates: ordered ?? certificates, digest, signature: child(signerInfo, 5, tags.octetString).content },
    raw: contentInfo.raw,
    certificatesMatch: ordered !== null,
  };
}

function attributeValue(attributes: DerValue, type: Uint8Array): DerValue {
  for (const item of children(attributes)) {
    const [name, values] = children(item);
    const value = values && children(values)[0];
    if (name && value && equalBytes(name.raw, type)) return value;
  }
  throw new DerError('A signed attribute is missing.');
}

/** The certificates in the order of their hashes; null when the two lists do not pair up. */
async function inOrder(certificates: readonly Uint8Array[], hashes: readonly Uint8Array[]): Promise<Uint8Array[] | null> {
  if (certificates.length !== hashes.length) return null;
  const own = await Promise.all(certificates.map((certificate) => sha256(certificate)));
  const ordered: Uint8Array[] = [];
  for (const hash of hashes) {
    const certificate = certificates[own.findIndex((candidate) => equalBytes(candidate, hash))];
    if (!certificate || ordered.includes(certificate)) return null;
    ordered.push(certificate);
  }
  return ordered;
}
