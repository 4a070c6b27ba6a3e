import { answersFeature } from './answers.ts';
import { auditsFeature } from './audits.ts';
import { coverageFeature } from './coverage.ts';
import { custodyFeature } from './custody.ts';
import type { WireError } from './errors.ts';
import { evidenceFeature } from './evidence.ts';
import { evidenceBulkFeature } from './evidence-bulk.ts';
import { evidencePicturesFeature } from './evidence-pictures.ts';
import { findingsFeature } from './findings.ts';
import type { ParsedOf, PayloadOf, ResultOf } from './method.ts';
import { notesFeature } from './notes.ts';
import { packsFeature } from './packs.ts';
import { peopleFeature } from './people.ts';
import { redactionFeature } from './redaction.ts';
import { reportsFeature } from './reports.ts';
import { requestsFeature } from './requests.ts';
import { searchFeature } from './search.ts';
import { upkeepFeature } from './upkeep.ts';
import { vaultFeature } from './vault.ts';
import { waysInFeature } from './ways-in.ts';

/** Every method of the vault process, summed from the features. */
export const contract = {
  ...vaultFeature,
  ...upkeepFeature,
  ...peopleFeature,
  ...packsFeature,
  ...auditsFeature,
  ...answersFeature,
  ...evidenceFeature,
  ...evidencePicturesFeature,
  ...custodyFeature,
  ...searchFeature,
  ...redactionFeature,
  ...evidenceBulkFeature,
  ...coverageFeature,
  ...waysInFeature,
  ...notesFeature,
  ...findingsFeature,
  ...requestsFeature,
  ...reportsFeature,
} as const;

export type Contract = typeof contract;
export type MethodName = keyof Contract;
export type Payload<Name extends MethodName> = PayloadOf<Contract[Name]>;
export type Parsed<Name extends MethodName> = ParsedOf<Contract[Name]>;
export type Result<Name extends MethodName> = ResultOf<Contract[Name]>;

/** Window -> vault, over the MessagePort. */
export type Request =
  | { readonly type: 'call'; readonly id: number; readonly method: string; readonly payload: unknown }
  | { readonly type: 'cancel'; readonly id: number };

/** Vault -> window. */
export type Response =
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  /** The same with the value as JSON, which passes both walls between the processes many times faster than thousands of objects. */
  | { readonly type: 'text'; readonly id: number; readonly json: string }
  | { readonly type: 'error'; readonly id: number; readonly error: WireError }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'event'; readonly event: VaultEvent };

/** How far a long task is. `total` is null while unknown; times are milliseconds since the task began. */
export interface Progress {
  readonly label: string;
  readonly done: number;
  readonly total: number | null;
  readonly unit: 'bytes' | 'items';
  readonly elapsed: number;
}

/** What changed, so that screens reload what they show. */
export type Topic =
  | 'vault'
  | 'people'
  | 'audits'
  | 'answers'
  | 'evidence'
  | 'findings'
  | 'requests'
  | 'plan'
  | 'reports'
  | 'packs'
  | 'trail';

export type VaultEvent = { readonly type: 'changed'; readonly topics: readonly Topic[]; readonly auditId: string | null };
