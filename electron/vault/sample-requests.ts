import type { ControlReference } from '../../shared/domain/ids.ts';
import type { RequestFields } from '../../shared/domain/request.ts';
import { sampleDay } from './sample-story.ts';

/** What the sample's client was asked for: most of it came, one thing is late, one is still a draft. */

export interface SampleRequest {
  readonly fields: Partial<RequestFields> & Pick<RequestFields, 'title'>;
  readonly controls: readonly ControlReference[];
  /** Names of the sample files that answered it. */
  readonly files: readonly string[];
}

const hipaa = (controlId: string): ControlReference => ({ packId: 'hipaa-security', controlId });

/** The requests in the middle of the fieldwork, or when everything has come. */
export function sampleRequests(stage: 'fieldwork' | 'finished'): readonly SampleRequest[] {
  const open = stage === 'fieldwork';
  return [
    {
      fields: {
        title: 'Leaver list of the third quarter',
        description: 'Everybody who left between July and September with the last working day, as an export and not as a picture.',
        askedOf: 'Personnel',
        askedAt: sampleDay(-24),
        due: sampleDay(-14),
        state: 'received',
      },
      controls: [hipaa('hipaa-164.308-a-3-ii-C')],
      files: ['leavers-q3.csv'],
    },
    {
      fields: {
        title: 'Risk register with owners and dates',
        askedOf: 'Security officer',
        askedAt: sampleDay(-24),
        due: sampleDay(-14),
        state: 'received',
      },
      controls: [hipaa('hipaa-164.308-a-1-ii-A'), hipaa('hipaa-164.308-a-1-ii-B')],
      files: ['risk-register.csv'],
    },
    {
      fields: {
        title: 'Records of the last three restore tests',
        description: 'Log, result, and who signed for each.',
        askedOf: 'IT operations',
        askedAt: sampleDay(-12),
        due: sampleDay(-3),
        state: open ? 'partly-received' : 'received',
        note: open ? 'One of three is here. Promised again on the telephone.' : '',
      },
      controls: [hipaa('hipaa-164.308-a-7-ii-A'), hipaa('hipaa-164.308-a-7-ii-D')],
      files: ['backup-restore-test.log'],
    },
    {
      fields: {
        title: 'Signed agreements with business associates',
        askedOf: 'Legal',
        askedAt: sampleDay(-6),
        due: sampleDay(8),
        state: open ? 'asked' : 'received',
      },
      controls: [hipaa('hipaa-164.308-b-1')],
      files: open ? [] : ['lablink-agreement.pdf'],
    },
    {
      fields: { title: 'Visitor log of the Eastside server room', askedOf: 'Facilities', state: open ? 'draft' : 'withdrawn' },
      controls: [hipaa('hipaa-164.310-a-2-iii')],
      files: [],
    },
  ];
}
