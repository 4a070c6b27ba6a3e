import 'reflect-metadata';
import { createHash, randomBytes, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { Identity } from '../../../shared/ipc/people.ts';

/** Signing identities: a certificate and its private key. */

export interface SigningKey {
  /** X.509 certificate, DER. */
  readonly certificateDer: Uint8Array;
  /** The issuers' certificates as far as they are known, nearest first, DER. Empty when self-issued. */
  readonly chain: readonly Uint8Array[];
  /** PKCS#8 PrivateKeyInfo, DER, not encrypted. Secret. */
  readonly privateKeyPkcs8: Uint8Array;
}

/** Typed as the global one, as the certificate library has it, whether or not the window's types are around. */
const provider = webcrypto as unknown as typeof globalThis.crypto;

const validYears = 10;
const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Makes a self-issued ECDSA P-256 certificate for signing documents, valid for ten years from `now`. */
export async function issueIdentity(person: { readonly name: string; readonly email: string }, now = new Date()): Promise<SigningKey> {
  const keys = await provider.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
  const notBefore = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const notAfter = new Date(notBefore);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + validYears);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: new Name([
        { CN: [{ utf8String: person.name }] },
        { E: [isAscii(person.email) ? { ia5String: person.email } : { utf8String: person.email }] },
      ]),
      notBefore,
      notAfter,
      signingAlgorithm: keyAlgorithm,
      keys,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, provider),
      ],
    },
    provider,
  );
  return {
    certificateDer: new Uint8Array(certificate.rawData),
    chain: [],
    privateKeyPkcs8: new Uint8Array(await provider.subtle.exportKey('pkcs8', keys.privateKey)),
  };
}

/** What a certificate says about its holder, for the screen. Throws when the bytes are not a certificate. */
export function describeCertificate(certificateDer: Uint8Array): Omit<Identity, 'kind'> {
  const certificate = new X509Certificate(new Uint8Array(certificateDer));
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    fingerprint: fingerprintOf(certificateDer),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    algorithm: algorithmInWords(certificate),
    certificatePem: `${certificate.toString('pem').trimEnd()}\n`,
  };
}

/** SHA-256 of a certificate: upper-case hex pairs joined by colons. */
export function fingerprintOf(certificateDer: Uint8Array): string {
  const digest = createHash('sha256').update(certificateDer).digest('hex').toUpperCase();
  return digest.replace(/..(?!$)/g, '$&:');
}

function algorithmInWords(certificate: X509Certificate): string {
  const algorithm = certificate.publicKey.algorithm as {
    readonly name: string;
    readonly namedCurve?: string;
    readonly modulusLength?: number;
  };
  if (algorithm.namedCurve) return `ECDSA ${algorithm.namedCurve}`;
  return algorithm.modulusLength ? `RSA ${algorithm.modulusLength}` : algorithm.name;
}

/** 16 random bytes, positive and without a leading zero byte, as RFC 5280 section 4.1.2.2 asks. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes.toString('hex');
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
