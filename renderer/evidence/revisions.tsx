import './ways-in.css';
import { type Evidence, evidenceLabel } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import type { RelatedEvidence } from '../../shared/ipc/ways-in.ts';
import { formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Link, Notice, Section } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';

export interface RevisionsProps {
  readonly evidence: Evidence;
  readonly onShow: (id: EvidenceId) => void;
}

/** The revisions of a piece, and the mail it came with or the attachments that were taken from it. Shows nothing where there are none. */
export function Revisions({ evidence, onShow }: RevisionsProps) {
  const relations = useQuery('evidence.relations', { evidenceId: evidence.id }, ['evidence']).data;
  if (relations === undefined) return null;
  const { revisions, origin } = relations;
  const attachments = relations.derived.filter(({ derivation }) => derivation === 'attachment');
  const newer = revisions.find(({ id }) => id === evidence.supersededBy);
  return (
    <>
      {newer === undefined ? null : (
        <Notice tone="warning" title={t('ways.superseded', { label: evidenceLabel(newer.number) })}>
          {t('ways.superseded.text')}
        </Notice>
      )}
      {evidence.derivation === 'attachment' && origin !== null ? (
        <p className="revisions__origin">
          {t('ways.attachment.of')} <Piece piece={origin} onShow={onShow} />
        </p>
      ) : null}
      {revisions.length === 0 ? null : <List title={t('ways.revisions')} pieces={revisions} current={evidence.id} onShow={onShow} />}
      {attachments.length === 0 ? null : <List title={t('ways.attachments')} pieces={attachments} current={evidence.id} onShow={onShow} />}
    </>
  );
}

interface ListProps {
  readonly title: string;
  readonly pieces: readonly RelatedEvidence[];
  readonly current: EvidenceId;
  readonly onShow: (id: EvidenceId) => void;
}

function List({ title, pieces, current, onShow }: ListProps) {
  return (
    <Section title={title}>
      <ol className="revisions">
        {pieces.map((piece) => (
          <li key={piece.id} aria-current={piece.id === current ? 'true' : undefined}>
            {piece.id === current ? (
              <strong>
                <span className="mono">{evidenceLabel(piece.number)}</span> {piece.originalName}
              </strong>
            ) : (
              <Piece piece={piece} onShow={onShow} />
            )}
            <span className="muted numeric">{formatMoment(piece.receivedAt)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Piece({
  piece: { id, number, originalName },
  onShow,
}: {
  readonly piece: RelatedEvidence;
  readonly onShow: (id: EvidenceId) => void;
}) {
  return (
    <Link onPress={() => onShow(id)}>
      <span className="mono">{evidenceLabel(number)}</span> {originalName}
    </Link>
  );
}
