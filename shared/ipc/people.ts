import { z } from 'zod';
import type { Person } from '../domain/person.ts';
import { roles } from '../domain/person.ts';
import { method } from './method.ts';
import { fileToken, nothing, passphrase, requiredLine } from './schemas.ts';

/** A person's signing identity as shown on the screen. */
export interface Identity {
  readonly kind: 'self-issued' | 'imported';
  readonly subject: string;
  readonly issuer: string;
  /** SHA-256 of the certificate, upper-case hex pairs joined by colons. */
  readonly fingerprint: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly algorithm: string;
  readonly certificatePem: string;
}

export const peopleFeature = {
  'people.list': method<Person[]>()(nothing),
  /** Adds a person with a slot of their own; the passphrase is handed over and changed by them. Leads only. */
  'people.add': method<{ person: Person; recoveryCode: string }>()(
    z.object({ name: requiredLine, email: z.email().max(320), role: z.enum(roles), passphrase }),
  ),
  'identity.get': method<Identity | null>()(nothing),
  /** Replaces the signing identity by the one in a picked PKCS#12 file. */
  'identity.import': method<Identity>()(z.object({ token: fileToken, password: z.string().max(1024) })),
  /** Makes a fresh self-issued ECDSA P-256 certificate. */
  'identity.issue': method<Identity>()(nothing),
  /** Writes the certificate (PEM) to a picked place, for recipients who want to trust it. */
  'identity.exportCertificate': method<{ name: string }>()(z.object({ token: fileToken })),
} as const;
