import { createPrivateKey, sign } from 'node:crypto';
import { sha256, toHex } from '../cms/platform.ts';
import { encodeSignedData, signedAttributes } from '../cms/signed-data.ts';
import { addSignatureField, type FieldRequest } from './signature-field.ts';

export interface SignRequest extends FieldRequest {
  readonly certificateDer: Uint8Array;
  readonly chain: readonly Uint8Array[];
  /** ECDSA P-256 or P-384, or RSA. */
  readonly privateKeyPkcs8: Uint8Array;
}

/**
 * Signs a report (PAdES baseline B-B, ETSI EN 319 142-1): appends a signature field and puts a detached CMS signature
 * over every byte of the file but the signature's own hex digits.
 */
export async function signPdf(request: SignRequest): Promise<Uint8Array> {
  const certificates = [request.certificateDer, ...request.chain];
  const capacity = certificates.reduce((sum, certificate) => sum + certificate.length + 64, 2048);
  const { bytes, contents } = addSignatureField(request, capacity);

  const digest = await sha256(bytes.subarray(0, contents.start), bytes.subarray(contents.end));
  const attributes = await signedAttributes({ certificates, digest });
  const key = createPrivateKey({ key: Buffer.from(request.privateKeyPkcs8), format: 'der', type: 'pkcs8' });
  const signature = sign('sha256', attributes, key);
  const container = await encodeSignedData({ certificates, digest, signature });

  if (container.length > capacity) throw new Error('The signature is larger than the room kept for it.');
  const digits = toHex(container).padEnd(2 * capacity, '0');
  bytes.set(new TextEncoder().encode(digits), contents.start + 1);
  return bytes;
}
