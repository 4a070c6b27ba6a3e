import { z } from 'zod';
import { methods } from '../domain/control.ts';

/** The shape of a checklist file. Unknown keys are errors: a misspelt key must not silently drop an auditor's text. */

export const token = z
  .string()
  .regex(/^[\p{L}_][\p{L}\p{N}.\-_]*$/u, 'must be a token: a letter first, then letters, digits, ".", "-" or "_"');
const sentence = z.string().trim().min(1).max(2000);
const maximumQuestionWords = 40;

const question = z.strictObject({
  id: token,
  text: sentence
    .refine((text) => text.endsWith('?'), 'must end with a question mark')
    .refine((text) => text.split(/\s+/).length <= maximumQuestionWords, `must not be longer than ${maximumQuestionWords} words`),
  good: sentence,
  evidence: sentence,
});

const control = z.strictObject({
  id: token,
  citations: z.array(sentence).min(1),
  group: sentence,
  title: sentence,
  requirement: z.enum(['required', 'addressable', 'standard', 'recommended']),
  objective: sentence,
  questions: z.array(question).min(2).max(8),
  methods: z
    .array(z.strictObject({ method: z.enum(methods), what: sentence }))
    .min(1)
    .max(3),
  expectedEvidence: z.array(sentence).min(1),
  commonFailures: z.array(sentence).min(1),
  guidance: z.strictObject({ small: sentence, large: sentence }),
  weight: z.int().min(1).max(5),
  weightReason: sentence,
  crosswalk: z.array(z.strictObject({ framework: token, id: z.string().min(1).max(100), source: sentence })),
});

export const packSchema = z.strictObject({
  id: token,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'must be a version such as 1.0.0'),
  title: sentence,
  summary: sentence,
  sources: z.array(z.strictObject({ title: sentence, citation: sentence, asOf: z.iso.date() })).min(1),
  sections: z.array(z.strictObject({ id: token, title: sentence, controls: z.array(control).min(1) })).min(1),
});

export type PackContent = z.infer<typeof packSchema>;
