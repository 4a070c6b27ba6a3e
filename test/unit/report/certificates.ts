import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import { BasicConstraintsExtension, X509CertificateGenerator } from '@peculiar/x509';
import type { SigningKey } from '../../../electron/vault/crypto/identity.ts';

/** A small certificate authority for the tests: a root, an intermediate, and a signer below it. */

export type KeyKind = 'P-256' | 'P-384' | 'RSA';

export interface IssuedChain {
  readonly key: SigningKey;
  readonly root: Uint8Array;
  readonly intermediate: Uint8Array;
}

const validity = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2035-01-01T00:00:00Z') };
const rootAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export async function issueChain(kind: KeyKind, options: { readonly intermediateIsIssuer?: boolean } = {}): Promise<IssuedChain> {
  const algorithm =
    kind === 'RSA'
      ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }
      : { name: 'ECDSA', namedCurve: kind, hash: 'SHA-256' };
  const generate = (parameters: webcrypto.EcKeyGenParams | webcrypto.RsaHashedKeyGenParams) =>
    crypto.subtle.generateKey(parameters, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;
  const [rootKeys, middleKeys, signerKeys] = await Promise.all([generate(rootAlgorithm), generate(rootAlgorithm), generate(algorithm)]);
  const root = await X509CertificateGenerator.createSelfSigned(
    {
      ...validity,
      name: 'CN=Test root',
      serialNumber: '01',
      signingAlgorithm: rootAlgorithm,
      keys: rootKeys,
      extensions: [new BasicConstraintsExtension(true)],
    },
    crypto,
  );
  const issue = (subject: string, issuer: string, publicKey: webcrypto.CryptoKey, signingKey: webcrypto.CryptoKey, issues: boolean) =>
    X509CertificateGenerator.create(
      {
        ...validity,
        subject,
        issuer,
        serialNumber: '02',
        publicKey,
        signingKey,
        signingAlgorithm: rootAlgorithm,
        extensions: [new BasicConstraintsExtension(issues)],
      },
      crypto,
    );
  const intermediate = await issue(
    'CN=Test issuer',
    'CN=Test root',
    middleKeys.publicKey,
    rootKeys.privateKey,
    options.intermediateIsIssuer ?? true,
  );
  const signer = await issue('CN=Miriam Okafor', 'CN=Test issuer', signerKeys.publicKey, middleKeys.privateKey, false);
  const der = (certificate: { readonly rawData: ArrayBuffer }) => new Uint8Array(certificate.rawData);
  return {
    key: {
      certificateDer: der(signer),
      chain: [der(intermediate), der(root)],
      privateKeyPkcs8: new Uint8Array(await crypto.subtle.exportKey('pkcs8', signerKeys.privateKey)),
    },
    root: der(root),
    intermediate: der(intermediate),
  };
}
