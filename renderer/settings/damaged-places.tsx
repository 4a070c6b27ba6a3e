import { Fragment } from 'react';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { DamagedObject } from '../../shared/ipc/upkeep.ts';
import { t } from '../i18n/translate.ts';
import type { Navigate } from '../screens.ts';
import { Link } from '../ui/index.ts';

export interface DamagedPlacesProps {
  readonly object: Pick<DamagedObject, 'object' | 'audits' | 'reports'>;
  readonly navigate: Navigate;
}

/** `E-007 in HIPAA 2026; report SB-2026-0001`: what rests on a damaged object, each piece a way to it; the object itself where nothing does. */
export function DamagedPlaces({ object: { object, audits, reports }, navigate }: DamagedPlacesProps) {
  const places = [
    ...audits.flatMap(({ auditId, title, pieces }) =>
      pieces.map(({ id, number }) => ({
        key: `${auditId} ${id}`,
        shown: (
          <Link className="link--inline" onPress={() => navigate('evidence', { evidenceId: id }, auditId)}>
            {t('settings.verify.place', { pieces: evidenceLabel(number), audit: title })}
          </Link>
        ),
      })),
    ),
    ...reports.map((number) => ({ key: number, shown: t('settings.verify.report', { number }) })),
  ];
  if (places.length === 0) return <span className="mono">{object}</span>;
  return places.map(({ key, shown }, index) => (
    <Fragment key={key}>
      {index === 0 ? null : '; '}
      {shown}
    </Fragment>
  ));
}
