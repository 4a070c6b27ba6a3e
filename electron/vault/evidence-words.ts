import { indexedText } from '../../shared/domain/search-text.ts';
import { sql, type WritableDatabase } from './db/sql.ts';

/**
 * Titles, names and notes in the index of the search. Triggers write them there as they are, which does for ASCII, and say of the others
 * that they wait for this. It runs in the transaction that changed them.
 */
export function indexWords(database: WritableDatabase): void {
  const waiting = database.all<{ row: number; title: string; names: string; notes: string }>(
    sql`SELECT row, title, names, notes FROM evidence_words WHERE row IN (SELECT row FROM evidence_index WHERE words_waiting = 1)`,
  );
  for (const { row, title, names, notes } of waiting) {
    database.run(
      sql`UPDATE evidence_text SET title = ${indexedText(title)}, names = ${indexedText(names)}, notes = ${indexedText(notes)}
          WHERE rowid = ${row}`,
    );
    database.run(sql`UPDATE evidence_index SET words_waiting = 0 WHERE row = ${row}`);
  }
}
