import { audits } from './audits.ts';
import { body } from './body.ts';
import { checklists } from './checklists.ts';
import { common } from './common.ts';
import { custody } from './custody.ts';
import { dashboard } from './dashboard.ts';
import { errors } from './errors.ts';
import { evidence } from './evidence.ts';
import { findings } from './findings.ts';
import { frame } from './frame.ts';
import { plan } from './plan.ts';
import { preview } from './preview.ts';
import { record } from './record.ts';
import { redaction } from './redaction.ts';
import { register } from './register.ts';
import { report } from './report.ts';
import { requests } from './requests.ts';
import { review } from './review.ts';
import { settings } from './settings.ts';
import { trail } from './trail.ts';
import { unlock } from './unlock.ts';
import { verify } from './verify.ts';
import { walkthrough } from './walkthrough.ts';
import { waysIn } from './ways-in.ts';

/** The English catalogue: one file per screen, flat keys, each beginning with the name of its file. */
export const messages = {
  ...common,
  ...frame,
  ...errors,
  ...unlock,
  ...audits,
  ...checklists,
  ...dashboard,
  ...review,
  ...settings,
  ...walkthrough,
  ...evidence,
  ...custody,
  ...body,
  ...waysIn,
  ...findings,
  ...plan,
  ...preview,
  ...record,
  ...redaction,
  ...register,
  ...requests,
  ...report,
  ...trail,
  ...verify,
} as const;
