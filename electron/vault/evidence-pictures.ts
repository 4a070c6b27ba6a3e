import type { Evidence } from '../../shared/domain/evidence.ts';
import type { evidencePicturesFeature } from '../../shared/ipc/evidence-pictures.ts';
import { type Handlers, openSession } from './context.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { takeAttached } from './evidence-attached-now.ts';
import { openForReader } from './evidence-content.ts';
import { identifiersOf, isLikelySensitive } from './evidence-identifiers.ts';
import { loadEvidence } from './evidence-repo.ts';
import { readPreview } from './reader-client.ts';
import { change } from './session.ts';

/**
 * Small pictures for the gallery, sealed with the records. Only the window can decode pictures, so it makes them: of what is looked at, and
 * of what was just attached. They are worked out from the content, therefore neither a mergeable record nor an event of the trail.
 */
export const evidencePicturesHandlers: Handlers<typeof evidencePicturesFeature> = {
  'evidence.picture': (context, { evidenceId }) => {
    const { records } = openSession(context);
    if (isWithheld(records, loadEvidence(records, evidenceId))) return { state: 'withheld' };
    const row = records.get<{ picture: Uint8Array }>(sql`SELECT picture FROM evidence_picture WHERE evidence_id = ${evidenceId}`);
    return row === undefined ? { state: 'missing' } : { state: 'kept', bytes: new Uint8Array(row.picture) };
  },

  'evidence.pictureSource': async (context, { evidenceId }) => {
    const session = openSession(context);
    const evidence = loadEvidence(session.records, evidenceId);
    if (!takeAttached(session, evidenceId) || !hasPicture(evidence.mediaType) || isWithheld(session.records, evidence)) return null;
    const file = await openForReader(session, evidence, context.signal);
    const { content } = await readPreview(context.process.reader, file, context.signal);
    return content.kind === 'image' || content.kind === 'pdf' ? content : null;
  },

  'evidence.keepPicture': (context, { evidenceId, bytes }) => {
    change(openSession(context), ({ database }) => {
      if (isWithheld(database, loadEvidence(database, evidenceId))) return;
      database.run(
        sql`INSERT INTO evidence_picture (evidence_id, picture) VALUES (${evidenceId}, ${Buffer.from(bytes)})
          ON CONFLICT (evidence_id) DO UPDATE SET picture = excluded.picture`,
      );
    });
    return null;
  },
};

function hasPicture(mediaType: string): boolean {
  return mediaType.startsWith('image/') || mediaType === 'application/pdf';
}

/**
 * What an auditor would not leave open on the desk: marked as sensitive, likely health data or a secret by what was found in its text, or
 * redacted in a copy because it shows too much. Its card shows the sign of its type.
 */
function isWithheld(database: ReadableDatabase, { id, sensitivity }: Evidence): boolean {
  if (sensitivity !== 'normal') return true;
  if (isLikelySensitive(identifiersOf(database, id))) return true;
  return database.get(sql`SELECT 1 FROM evidence WHERE derived_from = ${id} AND derivation = 'redacted'`) !== undefined;
}
