import 'reflect-metadata';
import { BasicConstraintsExtension, X509Certificate } from '@peculiar/x509';
import { equalBytes } from '../cms/der.ts';
import { provider, sha256, toHex } from '../cms/platform.ts';
import type { ProblemCode } from './problems.ts';

/** Certificates of signers: who they name, whether they are intact, and whether somebody trusts them. */

/** SHA-256 of a certificate: upper-case hex pairs joined by colons. */
export async function fingerprint(certificateDer: Uint8Array): Promise<string> {
  const digest = toHex(await sha256(certificateDer)).toUpperCase();
  return digest.replace(/..(?!$)/g, '$&:');
}

/** The certificate with its common name; null when the bytes are not a certificate. */
export function readCertificate(certificateDer: Uint8Array): { readonly certificate: X509Certificate; readonly name: string } | null {
  try {
    const certificate = new X509Certificate(new Uint8Array(certificateDer));
    return { certificate, name: certificate.subjectName.getField('CN')[0] ?? certificate.subject };
  } catch {
    return null;
  }
}

/**
 * Judges the signer's certificate (the first) with its chain at the claimed time. Each certificate must be signed by
 * the next; a self-issued one by itself. With `trusted` given, the way must end at one of them.
 */
export async function checkTrust(
  certificates: readonly Uint8Array[],
  trusted: readonly Uint8Array[],
  signedAt: string,
): Promise<ProblemCode[]> {
  const path = certificates.map((der) => readCertificate(der)?.certificate);
  const [signer] = path;
  if (!signer || path.includes(undefined)) return ['certificate-mismatch'];
  const chain = path.filter((certificate) => certificate !== undefined);
  const problems: ProblemCode[] = [];
  if (!(await isIntact(chain))) problems.push('certificate-mismatch');
  if (signedAt !== '' && !isValidAt(signer, signedAt)) problems.push('certificate-expired');
  if (!(await isTrusted(chain, trusted, signedAt))) problems.push('unknown-signer');
  return problems;
}

async function isIntact(chain: readonly X509Certificate[]): Promise<boolean> {
  for (const [index, certificate] of chain.entries()) {
    const issuer = chain[index + 1] ?? (certificate.issuer === certificate.subject ? certificate : null);
    if (issuer && !(await isIssuedBy(certificate, issuer))) return false;
  }
  return true;
}

/** Whether the signer, or somebody who vouches for it, is among the trusted. */
async function isTrusted(chain: readonly X509Certificate[], trusted: readonly Uint8Array[], signedAt: string): Promise<boolean> {
  for (const der of trusted) {
    const anchor = readCertificate(der)?.certificate;
    if (!anchor) continue;
    for (const [index, certificate] of chain.entries()) {
      if (equalBytes(new Uint8Array(certificate.rawData), der) && vouches(chain.slice(1, index + 1), signedAt)) return true;
      if (vouches([...chain.slice(1, index + 1), anchor], signedAt) && (await isIssuedBy(certificate, anchor))) return true;
    }
  }
  return false;
}

/** Whether all of these may issue certificates and were valid at the time. */
function vouches(issuers: readonly X509Certificate[], signedAt: string): boolean {
  return issuers.every((issuer) => issuer.getExtension(BasicConstraintsExtension)?.ca === true && isValidAt(issuer, signedAt));
}

async function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): Promise<boolean> {
  if (certificate.issuer !== issuer.subject) return false;
  try {
    return await certificate.verify({ publicKey: issuer.publicKey, signatureOnly: true }, provider);
  } catch {
    // An algorithm or a key that the platform does not know proves nothing.
    return false;
  }
}

function isValidAt(certificate: X509Certificate, time: string): boolean {
  const at = new Date(time);
  return certificate.notBefore <= at && at <= certificate.notAfter;
}
