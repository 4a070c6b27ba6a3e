import { createPrivateKey, sign, verify, X509Certificate } from 'node:crypto';
import type { PackSignature } from '../../../shared/domain/pack-entry.ts';
import { describeCertificate, type SigningKey } from '../crypto/identity.ts';

/** An author's signature over a checklist's content hash. It says who wrote it, not that it is right. */
export function signPack(hash: string, key: SigningKey, now: string): PackSignature {
  const certificate = Buffer.from(key.certificateDer);
  const privateKey = createPrivateKey({ key: Buffer.from(key.privateKeyPkcs8), format: 'der', type: 'pkcs8' });
  const { subject, fingerprint } = describeCertificate(key.certificateDer);
  return {
    signer: subject,
    fingerprint,
    certificate: certificate.toString('base64'),
    value: sign('sha256', signedBytes(hash, now), privateKey).toString('base64'),
    signedAt: now,
  };
}

/** Whether the signature is the certificate's over this hash, and the names are those of the certificate. */
export function isPackSignature(hash: string, signature: PackSignature): boolean {
  try {
    const der = Buffer.from(signature.certificate, 'base64');
    const { subject, fingerprint } = describeCertificate(der);
    if (subject !== signature.signer || fingerprint !== signature.fingerprint) return false;
    return verify(
      'sha256',
      signedBytes(hash, signature.signedAt),
      new X509Certificate(der).publicKey,
      Buffer.from(signature.value, 'base64'),
    );
  } catch {
    return false;
  }
}

function signedBytes(hash: string, signedAt: string): Buffer {
  return Buffer.from(`sealbook checklist ${hash} ${signedAt}`, 'utf8');
}
