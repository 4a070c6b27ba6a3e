import { counted } from '../../../../shared/domain/count.ts';
import type { CustodyAction, Sensitivity } from '../../../../shared/domain/evidence.ts';

/** Every word on the custody form, in English. Another language is another object of this shape. */

const actions: Readonly<Record<CustodyAction, string>> = {
  collected: 'Collected',
  received: 'Received',
  viewed: 'Viewed',
  exported: 'Exported',
  'not-exported': 'Export given up',
  redacted: 'Redacted copy',
  verified: 'Re-verified',
  transferred: 'Transferred',
  released: 'Released',
  superseded: 'Superseded',
  linked: 'Linked',
  unlinked: 'Unlinked',
  destroyed: 'Destroyed',
};

export const sensitivityWords: Readonly<Record<Sensitivity, string>> = {
  normal: 'normal',
  'personal-data': 'personal data',
  phi: 'health information',
  secret: 'secret',
};

export const custodyWords = {
  title: 'Chain of custody',
  none: 'There is no evidence in this audit.',
  ledger: 'What happened to it',
  nothing: 'Nothing is recorded.',
  next: 'Handed on',
  unknown: 'not noted',
  noContent: 'none',
  actions,
  sensitivities: sensitivityWords,
  facts: {
    originalName: 'Original name',
    size: 'Size',
    mediaType: 'Media type',
    collected: 'Collected',
    source: 'Source',
    method: 'Method',
    received: 'Received in the vault',
    sensitivity: 'Sensitivity',
    keepUntil: 'Keep until',
    replaces: 'Replaces',
    replacedBy: 'Replaced by',
    destroyed: 'Destroyed',
    controls: 'Speaks for',
    description: 'Description',
  },
  columns: { link: 'Link', when: 'When', what: 'What', who: 'Who', detail: 'Why, and SHA-256' },
  blank: { when: 'Date and time', released: 'Released by, signature', received: 'Received by, signature', purpose: 'Purpose' },
  bytes: (count: number): string => `${count.toString().replace(/\B(?=(\d{3})+$)/g, ' ')} bytes`,
  holds: (count: number): string =>
    `${counted(count, 'link')} of the vault's trail ${count === 1 ? 'tells' : 'tell'} of this piece. Each is authentic and follows the one before it.`,
  broken: (sequence: number): string =>
    `Link ${sequence} of the vault's trail is not the one that was written. Do not rely on this ledger.`,
  before: (hash: string): string => `before ${hash}`,
  after: (hash: string): string => `after ${hash}`,
  unchanged: (hash: string): string => `before and after ${hash}`,
  fromTo: (from: string, to: string): string => `From ${from} to ${to}`,
  handedAt: (moment: string): string => `On ${moment}`,
  purpose: (text: string): string => `Purpose: ${text}`,
  reference: (text: string): string => `Reference: ${text}`,
  printed: (person: string, moment: string): string => `Printed by ${person}, ${moment}.`,
  head: (sequence: number): string => `Head of the vault's trail: link ${sequence},`,
  foot: (label: string, sequence: number, hash: string): string => [label, `trail ${sequence} ${hash}`].filter(Boolean).join(' · '),
} as const;
