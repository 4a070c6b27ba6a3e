import { z } from 'zod';
import { methods } from '../domain/control.ts';

/**
 * The shape of a checklist, whoever wrote it. Unknown keys are errors: a misspelt key must not silently drop an auditor's
 * text. What makes a checklist a good one is in `house-rules.ts`.
 */

export const token = z
  .string()
  .max(200)
  .regex(/^[\p{L}_][\p{L}\p{N}.\-_]*$/u, 'must be a token: a letter first, then letters, digits, ".", "-" or "_"');
const sentence = z.string().trim().min(1).max(20_000);
const optionalText = z.string().trim().max(20_000);

const question = z.strictObject({ id: token, text: sentence, good: optionalText, evidence: optionalText });

const control = z.strictObject({
  id: token,
  citations: z.array(sentence).min(1).max(100),
  group: sentence,
  title: sentence,
  requirement: z.enum(['required', 'addressable', 'standard', 'recommended']),
  objective: sentence,
  questions: z.array(question).min(1).max(200),
  methods: z.array(z.strictObject({ method: z.enum(methods), what: sentence })).max(3),
  expectedEvidence: z.array(sentence).max(200),
  commonFailures: z.array(sentence).max(200),
  guidance: z.strictObject({ small: optionalText, large: optionalText }),
  weight: z.int().min(1).max(5),
  weightReason: optionalText,
  crosswalk: z.array(z.strictObject({ framework: token, id: z.string().min(1).max(100), source: sentence })).max(500),
});

export const packSchema = z.strictObject({
  id: token,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'must be a version such as 1.0.0'),
  title: sentence,
  summary: sentence,
  sources: z
    .array(z.strictObject({ title: sentence, citation: sentence, asOf: z.iso.date() }))
    .min(1)
    .max(100),
  sections: z
    .array(z.strictObject({ id: token, title: sentence, controls: z.array(control).min(1).max(5000) }))
    .min(1)
    .max(500),
});

/** An author's signature, as it stands at the end of a checklist file. Not part of the content that is hashed. */
export const packSignatureSchema = z.strictObject({
  signer: z.string().min(1).max(2000),
  fingerprint: z.string().min(1).max(200),
  certificate: z.base64().max(20_000),
  value: z.base64().max(4000),
  signedAt: z.iso.datetime(),
});

export const packFileSchema = packSchema.extend({ signature: packSignatureSchema.optional() });

export type PackContent = z.infer<typeof packSchema>;
export type ControlContent = PackContent['sections'][number]['controls'][number];
