import type { RequestState } from '../../../shared/domain/request.ts';

/** Every word on the list for the client, in English. Another language is another object of this shape. */

const states: Readonly<Record<RequestState, string>> = {
  draft: 'Wanted',
  asked: 'Wanted',
  'partly-received': 'Partly received',
  received: 'Received',
  withdrawn: 'Withdrawn',
};

export const listWords = {
  title: 'Evidence requests',
  intro:
    'Please send what is listed here by the day given. Name each file with its number, such as R-001. Where something does not exist, say so in the last column.',
  none: 'Nothing is asked for at present.',
  organisation: 'Organisation',
  audit: 'Audit',
  period: 'Period',
  contact: 'Contact',
  writtenOn: 'As of',
  notStated: 'not stated',
  periodOf: (from: string, to: string): string =>
    from === '' && to === '' ? 'not stated' : from === '' ? `until ${to}` : to === '' ? `from ${from}` : `${from} to ${to}`,
  columns: {
    number: 'No.',
    what: 'What',
    description: 'Description',
    requirement: 'For which requirement',
    askedOf: 'From',
    due: 'By when',
    state: 'State',
    remark: 'Your remark',
  },
  page: 'Page ',
  of: ' of ',
  cut: ' … (cut)',
  states,
} as const;
