import { randomUUID } from 'node:crypto';
import type { AuditId } from '../../shared/domain/ids.ts';
import { isBlankNote, type NoteContent, type NoteDraft, type NoteKind } from '../../shared/domain/note.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { notesFeature } from '../../shared/ipc/notes.ts';
import { requireOpenAudit } from './audit-repo.ts';
import { announce, type CallContext, type Handlers, openSession } from './context.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { createObject } from './evidence/store.ts';
import { recordEvidence } from './evidence-attach.ts';
import { assertControls } from './evidence-links.ts';
import { citationsOf } from './evidence-repo.ts';
import { noteFile, oneLine } from './note-file.ts';
import { change, requireWriter, type Session } from './session.ts';
import { appendTrail } from './trail.ts';

/** Notes and interview records: kept as they are typed, and sealed when they are done. */
export const notesHandlers: Handlers<typeof notesFeature> = {
  'notes.list': (context, { auditId }) => listNotes(openSession(context), auditId),

  'notes.open': (context, { auditId, kind, control }) => {
    const session = writableSession(context);
    requireOpenAudit(session.records, auditId);
    if (control !== null) assertControls(session.records, auditId, [control]);
    const key = control === null ? '' : `${control.packId} ${control.controlId}`;
    const isThere = (note: NoteDraft) =>
      note.kind === kind && (note.control === null ? '' : `${note.control.packId} ${note.control.controlId}`) === key;
    const known = listNotes(session, auditId).find(isThere);
    if (known !== undefined) return known;
    const id = randomUUID();
    change(session, (tx) => {
      tx.database.run(
        sql`INSERT INTO note_draft (id, audit_id, kind, pack_id, control_id, title, at, place, people, text, updated_at, updated_by)
            VALUES (${id}, ${auditId}, ${kind}, ${control?.packId ?? ''}, ${control?.controlId ?? ''}, '', '', '', '', '', ${tx.at}, ${session.me.id})`,
      );
      appendTrail(tx, { action: 'note.started', subjectKind: 'note', subjectId: id, auditId, detail: kind });
    });
    announce(context, ['evidence'], auditId);
    return loadNote(session, id);
  },

  'notes.save': (context, { noteId, patch }) => {
    const session = writableSession(context);
    const { auditId, ...before } = loadNote(session, noteId);
    requireOpenAudit(session.records, auditId);
    // The dispatcher took out members that are there but undefined.
    const note: NoteContent = { ...before, ...(patch as Partial<NoteContent>) };
    change(session, (tx) => {
      tx.database.run(
        sql`UPDATE note_draft SET title = ${note.title}, at = ${note.at}, place = ${note.place}, people = ${note.people}, text = ${note.text},
              updated_at = ${tx.at} WHERE id = ${noteId}`,
      );
    });
    return loadNote(session, noteId);
  },

  'notes.discard': (context, { noteId }) => {
    const session = writableSession(context);
    const { auditId } = loadNote(session, noteId);
    change(session, (tx) => {
      tx.database.run(sql`DELETE FROM note_draft WHERE id = ${noteId}`);
      appendTrail(tx, { action: 'note.discarded', subjectKind: 'note', subjectId: noteId, auditId });
    });
    announce(context, ['evidence'], auditId);
    return null;
  },

  'notes.seal': async (context, { noteId }) => {
    const session = writableSession(context);
    const note = loadNote(session, noteId);
    const { auditId, control } = note;
    requireOpenAudit(session.records, auditId);
    if (note.title.trim() === '' || note.text.trim() === '' || isBlankNote(note)) {
      throw new ExpectedError('note.incomplete', 'Give it a title and write the text.');
    }
    const controls = control === null ? [] : [control];
    const file = noteFile(note, {
      writtenBy: session.me,
      sealedAt: new Date(),
      citations: citationsOf(session.records, auditId, controls),
    });
    const writer = createObject(session.chunks, session.keys.evidence);
    writer.write(Buffer.from(file.text, 'utf8'));
    const result = await recordEvidence(session, {
      auditId,
      originalName: file.name,
      controls,
      object: writer.finish(),
      details: { title: note.title.trim(), method: methods[note.kind], source: oneLine(note.people).slice(0, 400), collectedAt: note.at },
      alsoRecord: (tx) => {
        if (tx.database.run(sql`DELETE FROM note_draft WHERE id = ${noteId}`) === 0) throw unknownNote();
      },
    });
    announce(context, ['evidence', 'answers'], auditId);
    return result;
  },
};

const methods: Readonly<Record<NoteKind, string>> = { note: 'Note', interview: 'Interview' };

function listNotes(session: Session, auditId: AuditId): NoteDraft[] {
  return session.records
    .all<Row>(sql`SELECT * FROM note_draft WHERE audit_id = ${auditId} AND updated_by = ${session.me.id} ORDER BY updated_at DESC, id`)
    .map(decode);
}

/** One's own unfinished note or `note.unknown`. */
function loadNote({ records, me }: { readonly records: ReadableDatabase; readonly me: Session['me'] }, id: string): NoteDraft {
  const row = records.get<Row>(sql`SELECT * FROM note_draft WHERE id = ${id} AND updated_by = ${me.id}`);
  if (row === undefined) throw unknownNote();
  return decode(row);
}

function unknownNote(): ExpectedError {
  return new ExpectedError('note.unknown', 'It was sealed or discarded. Start another one.');
}

interface Row extends NoteContent {
  readonly id: string;
  readonly audit_id: AuditId;
  readonly kind: NoteKind;
  readonly pack_id: string;
  readonly control_id: string;
  readonly updated_at: string;
}

function decode({ id, audit_id: auditId, kind, title, at, place, people, text, updated_at: updatedAt, ...row }: Row): NoteDraft {
  const control = row.control_id === '' ? null : { packId: row.pack_id, controlId: row.control_id };
  return { id, auditId, kind, control, title, at, place, people, text, updatedAt };
}

function writableSession(context: CallContext): Session {
  const session = openSession(context);
  requireWriter(session);
  return session;
}
