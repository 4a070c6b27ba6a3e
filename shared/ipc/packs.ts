import { z } from 'zod';
import { type PackContent, packSchema, packSignatureSchema } from '../checklists/schema.ts';
import { methods, type Pack } from '../domain/control.ts';
import {
  type PackDraft,
  type PackEntry,
  type PackSignature,
  packFormats,
  packOrigins,
  type TailoringChange,
} from '../domain/pack-entry.ts';
import type { PackFault } from '../domain/pack-fault.ts';
import { method } from './method.ts';
import { fileToken, line, nothing, packId, text } from './schemas.ts';

/** What picked files hold. Nothing is kept by reading them. */
export type ImportResult =
  | {
      readonly ok: true;
      readonly content: PackContent;
      readonly origin: Exclude<PackEntry['origin'], 'shipped' | 'written' | 'tailored'>;
      readonly file: string;
      readonly signature: PackSignature | null;
      readonly advice: readonly PackFault[];
      /** Faults of the advice beyond those that are listed. */
      readonly furtherAdvice: number;
    }
  | { readonly ok: false; readonly faults: readonly PackFault[]; readonly furtherFaults: number };

/** How many controls of a checklist have a relative in another one. */
export interface Coverage {
  readonly from: string;
  readonly to: string;
  readonly covered: number;
  readonly controls: number;
}

/** A draft with what stands between it and an audit. */
export interface DraftState {
  readonly draft: PackDraft;
  readonly faults: readonly PackFault[];
  /** What differs from the base; each needs a reason. Empty without one. */
  readonly differences: readonly Omit<TailoringChange, 'reason'>[];
}

const texts = z.array(text).max(500);
const draftControl = z.strictObject({
  id: line,
  citations: texts,
  group: text,
  title: text,
  requirement: z.enum(['required', 'addressable', 'standard', 'recommended']),
  objective: text,
  questions: z.array(z.strictObject({ id: line, text, good: text, evidence: text })).max(200),
  methods: z.array(z.strictObject({ method: z.enum(methods), what: text })).max(3),
  expectedEvidence: texts,
  commonFailures: texts,
  guidance: z.strictObject({ small: text, large: text }),
  weight: z.number().int().min(1).max(5),
  weightReason: text,
  crosswalk: z.array(z.strictObject({ framework: line, id: line, source: line })).max(500),
});
/** Unfinished work has to be kept too, so only the shape is asked for. */
const draftContent = z.strictObject({
  id: line,
  version: line,
  title: text,
  summary: text,
  sources: z.array(z.strictObject({ title: text, citation: text, asOf: line })).max(100),
  sections: z.array(z.strictObject({ id: line, title: text, controls: z.array(draftControl).max(5000) })).max(500),
});
const draftOnly = z.object({ draftId: z.uuid() });

export const packsFeature = {
  /** The newest version of every checklist, shipped ones first. */
  'packs.list': method<PackEntry[]>()(nothing),
  /** One checklist whole, in its newest version. */
  'packs.get': method<{ entry: PackEntry; pack: Pack }>()(z.object({ packId })),
  'packs.coverage': method<Coverage[]>()(nothing),
  /** Reads picked files as one checklist and tells every fault. A profile is picked together with the catalogs it imports. */
  'packs.inspect': method<ImportResult>()(z.object({ tokens: z.array(fileToken).min(1).max(20) })),
  /**
   * Keeps a checklist from a file. A version that is there stays as it is: the same content again changes nothing, other
   * content needs a new version.
   */
  'packs.save': method<PackEntry>()(
    z.object({
      content: packSchema,
      origin: z.enum(packOrigins).exclude(['shipped', 'written', 'tailored']),
      file: line.default(''),
      signature: packSignatureSchema.nullable().default(null),
      /** Signs with the identity of whoever saves. */
      sign: z.boolean().default(false),
    }),
  ),
  'packs.drafts': method<PackDraft[]>()(nothing),
  /** A new draft: empty, the next version of an own checklist, or a tailoring of any other. */
  'packs.startDraft': method<PackDraft>()(z.object({ packId: packId.nullable() })),
  'packs.getDraft': method<DraftState>()(draftOnly),
  /** Durable when it returns. */
  'packs.saveDraft': method<DraftState>()(
    draftOnly.extend({ content: draftContent.optional(), reasons: z.record(z.string().max(400), text).optional() }),
  ),
  'packs.discardDraft': method<null>()(draftOnly),
  /** Makes the draft a version of the library. `pack.invalid` while it has errors. */
  'packs.publishDraft': method<PackEntry>()(draftOnly.extend({ sign: z.boolean() })),
  /** Takes a checklist out of the library, in every version. Audits that use it keep it. */
  'packs.remove': method<null>()(z.object({ packId })),
  'packs.export': method<{ name: string }>()(z.object({ packId, format: z.enum(packFormats), token: fileToken })),
  'packs.template': method<{ name: string }>()(z.object({ format: z.enum(['xlsx', 'csv']), token: fileToken })),
} as const;
