import { useMemo } from 'react';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import { TypeIcon } from '../evidence/type-icon.tsx';
import { t } from '../i18n/translate.ts';
import { navigate } from '../router.ts';
import { useQuery } from '../use-query.ts';
import { useSettled } from '../use-settled.ts';
import { foundPlace } from './found-place.ts';
import type { Entry } from './palette.tsx';

/** The palette is for going somewhere; who wants all hits searches in the register. */
const most = 8;
const none: readonly Entry[] = [];

/** Evidence of the audit in whose names, notes or content the words stand. */
export function useEvidenceEntries(auditId: AuditId | null, text: string): readonly Entry[] {
  const settled = useSettled(text).trim().slice(0, 300);
  const wanted = auditId === null || settled === '' ? null : { auditId, query: settled, limit: most };
  const hits = useQuery('evidence.search', wanted, ['evidence']).data?.hits;
  return useMemo(() => {
    if (hits === undefined) return none;
    return hits.map(({ evidenceId, number, title, mediaType, field, snippet }) => {
      const inside = field === 'notes' || field === 'content' ? foundPlace(snippet) : '';
      return {
        id: `evidence ${evidenceId}`,
        title,
        detail: inside === '' ? evidenceLabel(number) : `${evidenceLabel(number)} ${inside}`,
        group: t('evidence.title'),
        keys: undefined,
        icon: <TypeIcon mediaType={mediaType} />,
        run: () => navigate('evidence', { evidenceId }),
      };
    });
  }, [hits]);
}
