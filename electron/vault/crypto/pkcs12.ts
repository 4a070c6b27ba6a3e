import 'reflect-metadata';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { KeyUsageFlags, KeyUsagesExtension, X509Certificate } from '@peculiar/x509';
import { OctetString } from 'asn1js';
import {
  AuthenticatedSafe,
  CertBag,
  type ContentInfo,
  EncryptedData,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  type SafeBag,
  SafeContents,
} from 'pkijs';
import { ExpectedError } from '../../../shared/ipc/errors.ts';
import type { SigningKey } from './identity.ts';
import { decryptPart, macMatches } from './pkcs12-decrypt.ts';

/** Importing a signing identity from a PKCS#12 file (RFC 7292), as browsers, `openssl` and key chains write them. */

const contentTypes = { data: '1.2.840.113549.1.7.1', encrypted: '1.2.840.113549.1.7.6' };
const smallestRsa = 2048;
const curves = ['prime256v1', 'secp384r1'];

interface Contents {
  readonly keys: Uint8Array[];
  readonly certificates: Uint8Array[];
}

/**
 * The key that can sign, its certificate and the issuers' certificates that are in the file.
 * Errors: `identity.password`, `identity.unreadable`, `identity.unsupported`.
 */
export async function importPkcs12(bytes: Uint8Array, password: string): Promise<SigningKey> {
  const contents = await readContents(bytes, password);
  const [pkcs8] = contents.keys;
  if (!pkcs8 || contents.certificates.length === 0) {
    throw new ExpectedError('identity.unreadable', 'It must hold a private key and its certificate.');
  }
  const key = requireUsable(pkcs8);
  const certificates = contents.certificates.map(readCertificate);
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const certificate = certificates.find((candidate) => Buffer.from(candidate.publicKey.rawData).equals(publicKey));
  if (!certificate) throw new ExpectedError('identity.unreadable', 'The certificate in it does not belong to the key.');
  requireSigning(certificate);
  return {
    certificateDer: der(certificate),
    chain: issuersOf(certificate, certificates).map(der),
    privateKeyPkcs8: new Uint8Array(key.export({ format: 'der', type: 'pkcs8' })),
  };
}

async function readContents(bytes: Uint8Array, password: string): Promise<Contents> {
  try {
    const file = PFX.fromBER(new Uint8Array(bytes));
    const safe = octets(file.authSafe.content);
    if (file.macData && !macMatches(file.macData, safe, password)) {
      throw new ExpectedError('identity.password', 'Check the password and try again.');
    }
    const contents: Contents = { keys: [], certificates: [] };
    for (const part of AuthenticatedSafe.fromBER(new Uint8Array(safe)).safeContents) {
      const plain = await openPart(part, password);
      for (const bag of SafeContents.fromBER(new Uint8Array(plain)).safeBags) await readBag(bag, password, contents);
    }
    return contents;
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError('identity.unreadable', 'Export it again from the program that made it.');
  }
}

async function openPart(part: ContentInfo, password: string): Promise<Uint8Array> {
  if (part.contentType === contentTypes.data) return octets(part.content);
  if (part.contentType !== contentTypes.encrypted) {
    throw new ExpectedError('identity.unsupported', 'It is protected with a certificate, not with a password.');
  }
  const { encryptedContentInfo } = new EncryptedData({ schema: part.content });
  const encrypted = encryptedContentInfo.getEncryptedContent();
  return decryptPart(encryptedContentInfo.contentEncryptionAlgorithm, new Uint8Array(encrypted), password);
}

async function readBag(bag: SafeBag, password: string, contents: Contents): Promise<void> {
  const value: unknown = bag.bagValue;
  if (value instanceof PKCS8ShroudedKeyBag) {
    contents.keys.push(await decryptPart(value.encryptionAlgorithm, octets(value.encryptedData), password));
  } else if (value instanceof PrivateKeyInfo) {
    contents.keys.push(new Uint8Array(value.toSchema().toBER()));
  } else if (value instanceof CertBag) {
    contents.certificates.push(octets(value.certValue));
  }
}

/** The bytes of an octet string, also of one in pieces. */
function octets(value: unknown): Uint8Array {
  if (!(value instanceof OctetString)) throw new Error('An octet string is missing.');
  return new Uint8Array(value.getValue());
}

function requireUsable(pkcs8: Uint8Array): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  } catch {
    throw new ExpectedError('identity.unsupported', 'The private key is of a kind Sealbook does not know.');
  }
  const details = key.asymmetricKeyDetails;
  const usable =
    (key.asymmetricKeyType === 'rsa' && Number(details?.modulusLength) >= smallestRsa) ||
    (key.asymmetricKeyType === 'ec' && curves.includes(String(details?.namedCurve)));
  if (!usable) throw new ExpectedError('identity.unsupported', 'Use an ECDSA key on P-256 or P-384, or an RSA key of at least 2048 bits.');
  return key;
}

function requireSigning(certificate: X509Certificate): void {
  const usage = certificate.getExtension(KeyUsagesExtension)?.usages;
  const needed = KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation;
  if (usage !== undefined && (usage & needed) === 0) {
    throw new ExpectedError('identity.unsupported', 'Its certificate is not meant for signing documents.');
  }
}

function readCertificate(bytes: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(new Uint8Array(bytes));
  } catch {
    throw new ExpectedError('identity.unreadable', 'A certificate in it cannot be read.');
  }
}

/** Who issued the certificate, who issued that one, and so on as far as the file goes. */
function issuersOf(certificate: X509Certificate, all: readonly X509Certificate[]): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let last = certificate;
  while (last.issuer !== last.subject) {
    const issuer = all.find((candidate) => candidate.subject === last.issuer && candidate !== certificate && !chain.includes(candidate));
    if (!issuer) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}

function der(certificate: X509Certificate): Uint8Array {
  return new Uint8Array(certificate.rawData);
}
