import { useMemo } from 'react';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import { TypeIcon } from '../evidence/type-icon.tsx';
import { t } from '../i18n/translate.ts';
import { navigate } from '../router.ts';
import { useQuery } from '../use-query.ts';
import { useSettled } from '../use-settled.ts';
import type { Entry } from './palette.tsx';

/** The palette is for going somewhere; who wants all hits searches in the register. */
const most = 8;
const none: readonly Entry[] = [];

/** Evidence of the audit in whose names, notes or content the words stand. */
export function useEvidenceEntries(auditId: AuditId | null, text: string): readonly Entry[] {
  const settled = useSettled(text).trim().slice(0, 300);
  const wanted = auditId === null || settled === '' ? null : { auditId, query: settled, limit: most };
  const asked = wanted !== null;
  const hits = useQuery('evidence.search', wanted, ['evidence']).data?.hits;
  const pieces = useQuery('evidence.list', auditId === null || wanted === null ? null : { auditId }, ['evidence']).data;
  return useMemo(() => {
    if (!asked || hits === undefined || pieces === undefined) return none;
    const byId = new Map(pieces.map((piece) => [piece.id, piece]));
    return hits.flatMap(({ evidenceId, field, snippet }) => {
      const piece = byId.get(evidenceId);
      if (piece === undefined) return [];
      const inside = field === 'notes' || field === 'content' ? snippet.map((part) => part.text).join('') : '';
      return {
        id: `evidence ${evidenceId}`,
        title: piece.title,
        detail: inside === '' ? evidenceLabel(piece.number) : `${evidenceLabel(piece.number)} ${inside}`,
        group: t('evidence.title'),
        keys: undefined,
        icon: <TypeIcon mediaType={piece.mediaType} />,
        run: () => navigate('evidence', { evidenceId }),
      };
    });
  }, [asked, hits, pieces]);
}
