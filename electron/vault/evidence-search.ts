import type { AuditId } from '../../shared/domain/ids.ts';
import { shownText } from '../../shared/domain/search-text.ts';
import type { EvidenceFound, EvidenceHit, FoundField, SnippetPart, searchFeature } from '../../shared/ipc/search.ts';
import { type Handlers, openSession } from './context.ts';
import { type ReadableDatabase, type SqlQuery, sql } from './db/sql.ts';
import { markTerms, type SearchTerm, searchTerms } from './search-terms.ts';

/** Full-text search over the evidence of an audit (SQLite FTS5, inside vault.db and encrypted with it). */
export const searchHandlers: Handlers<typeof searchFeature> = {
  'evidence.search': (context, { auditId, query, limit }) => searchEvidence(openSession(context).records, auditId, query, limit),
};

interface FoundRow extends Pick<EvidenceHit, 'evidenceId' | 'number' | 'title' | 'mediaType'> {
  readonly row: number;
}

/** Characters of a snippet, and of those how many before the place that was found. */
const snippetLength = 160;
const before = 48;

/**
 * Looks at the places in the order in which they say most. Each look stops at the limit, so a word that is everywhere costs no more
 * than one that is rare; there is no ranking by frequency.
 */
export function searchEvidence(database: ReadableDatabase, auditId: AuditId, query: string, limit: number): EvidenceFound {
  const waiting = countWaiting(database, auditId);
  const terms = searchTerms(query);
  if (terms.length === 0) return { hits: [], more: false, waiting };
  const all = terms.map(({ match }) => match).join(' AND ');
  const found = new Map<number, { readonly row: FoundRow; readonly field: FoundField }>();
  const take = (field: FoundField, rows: (most: number) => FoundRow[]) => {
    // Those that were found before may come first again.
    if (found.size > limit) return;
    for (const row of rows(limit + 1 + found.size)) if (!found.has(row.row)) found.set(row.row, { row, field });
  };
  for (const field of ['title', 'names', 'notes'] as const)
    take(field, (most) => database.all(matchingWords(auditId, `{${field}} : (${all})`, most)));
  take('content', (most) => database.all(matchingContent(auditId, all, most)));
  if (terms.length > 1) take('several', (most) => database.all(matchingSeveral(auditId, terms, most)));
  const hits = [...found.values()].slice(0, limit).map(({ row: { row, ...piece }, field }): EvidenceHit => {
    return { ...piece, field, snippet: snippetOf(database, row, field, terms) };
  });
  return { hits, more: found.size > limit, waiting };
}

/** Pieces whose content is still to be read. */
function countWaiting(database: ReadableDatabase, auditId: AuditId): number {
  return Number(
    database.get<{ total: number }>(sql`SELECT count(*) AS total FROM evidence_index WHERE state = 'waiting' AND audit_id = ${auditId}`)
      ?.total,
  );
}

const foundColumns = sql`evidence_index.row, evidence.id AS evidenceId, evidence.number, evidence.title, evidence.media_type AS mediaType`;

function matchingWords(auditId: AuditId, match: string, most: number): SqlQuery {
  return sql`SELECT ${foundColumns} FROM evidence_text JOIN evidence_index ON evidence_index.row = evidence_text.rowid
             JOIN evidence ON evidence.id = evidence_index.evidence_id
             WHERE evidence_text MATCH ${match} AND evidence_index.audit_id = ${auditId} ORDER BY evidence_text.rowid DESC LIMIT ${most}`;
}

function matchingContent(auditId: AuditId, match: string, most: number): SqlQuery {
  return sql`SELECT ${foundColumns} FROM evidence_content JOIN evidence_index ON evidence_index.row = evidence_content.rowid
             JOIN evidence ON evidence.id = evidence_index.evidence_id
             WHERE evidence_content MATCH ${match} AND evidence_index.audit_id = ${auditId} ORDER BY evidence_content.rowid DESC LIMIT ${most}`;
}

/** Every word is somewhere in the piece, one in its title and another one in its content, say. */
function matchingSeveral(auditId: AuditId, terms: readonly SearchTerm[], most: number): SqlQuery {
  const conditions = terms
    .map(
      ({ match }) => sql`row IN (SELECT rowid FROM evidence_text WHERE evidence_text MATCH ${match}
        UNION ALL SELECT rowid FROM evidence_content WHERE evidence_content MATCH ${match})`,
    )
    .reduce((one, other) => sql`${one} AND ${other}`);
  return sql`SELECT ${foundColumns} FROM evidence_index JOIN evidence ON evidence.id = evidence_index.evidence_id WHERE evidence_index.audit_id = ${auditId} AND ${conditions} ORDER BY row DESC LIMIT ${most}`;
}

function snippetOf(database: ReadableDatabase, row: number, field: FoundField, terms: readonly SearchTerm[]): SnippetPart[] {
  if (field !== 'content') {
    const words = database.get<{ title: string; names: string; notes: string }>(
      sql`SELECT title, names, notes FROM evidence_text WHERE rowid = ${row}`,
    );
    return markTerms(around(shownText(words?.[field === 'several' ? 'title' : field] ?? ''), terms), terms);
  }
  const word = terms[0]?.first ?? '';
  // One look for each hit: at the beginning of a word rather than in the middle of one, else at the beginning of the text.
  const text = database.get<{ text: string }>(
    sql`SELECT substr(content, max(1, place - ${before}), ${snippetLength}) AS text FROM (
          SELECT content, coalesce(nullif(instr(lower(content), ${` ${word}`}), 0), instr(lower(content), ${word})) AS place
          FROM evidence_content WHERE rowid = ${row})`,
  )?.text;
  const parts = markTerms(shownText(String(text)), terms);
  if (parts.some(({ found }) => found)) return parts;
  // Written with accents or in other letters than the query: SQLite's own search does not know them, this one does.
  const whole = database.get<{ content: string }>(sql`SELECT content FROM evidence_content WHERE rowid = ${row}`)?.content ?? '';
  return markTerms(around(shownText(whole), terms), terms);
}

/** As much of a text as a snippet shows, around the first word that was looked for. */
function around(text: string, terms: readonly SearchTerm[]): string {
  if (text.length <= snippetLength) return text;
  const [first] = markTerms(text, terms);
  const place = first === undefined || first.found ? 0 : first.text.length;
  const start = Math.max(0, place - before);
  return text.slice(start, start + snippetLength);
}
