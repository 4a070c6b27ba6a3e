import { ScanSearch } from 'lucide-react';
import { useState } from 'react';
import type { Evidence, Sensitivity } from '../../shared/domain/evidence.ts';
import { suggestedSensitivity } from '../../shared/domain/identifiers.ts';
import type { Result } from '../../shared/ipc/contract.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, ErrorNotice, Notice } from '../ui/index.ts';
import { showPlace } from './preview/places.ts';

export interface IdentifiersProps {
  readonly evidence: Evidence;
  /** Null where nothing may be changed. */
  readonly onSensitivity: ((sensitivity: Sensitivity) => void) | null;
}

/** Searches a text for likely identifiers when asked, because looking is noted in the custody ledger. */
export function Identifiers({ evidence, onSensitivity }: IdentifiersProps) {
  const [scan, setScan] = useState<Result<'evidence.scan'> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const run = async () => {
    setError(null);
    try {
      setScan(await call('evidence.scan', { evidenceId: evidence.id }));
    } catch (thrown) {
      setError(thrown);
    }
  };
  const wanted = scan === null ? null : suggestedSensitivity(scan.counts.map(({ kind }) => kind));
  const total = scan?.counts.reduce((sum, { count }) => sum + count, 0) ?? 0;
  return (
    <div className="evidence-detail__part">
      <p className="muted">{t('evidence.identifiers.text')}</p>
      <div>
        <Button icon={<ScanSearch aria-hidden="true" />} onPress={() => void run()}>
          {t('evidence.identifiers.run')}
        </Button>
      </div>
      {error === null ? null : <ErrorNotice error={error} />}
      {scan === null ? null : !scan.looked ? (
        <Notice tone="info" title={t('evidence.identifiers.noText')} />
      ) : total === 0 ? (
        <Notice tone="success" title={t('evidence.identifiers.none')}>
          {scan.truncated ? t('evidence.identifiers.cut') : ''}
        </Notice>
      ) : (
        <>
          <Notice
            tone="warning"
            title={t('evidence.identifiers.likely', {
              list: scan.counts.map(({ kind, count }) => t(`evidence.identifiers.count.${kind}`, { count })).join(', '),
            })}
          >
            {scan.truncated ? t('evidence.identifiers.cut') : ''}
          </Notice>
          {wanted === null || onSensitivity === null || wanted === evidence.sensitivity ? null : (
            <div>
              <Button size="small" onPress={() => onSensitivity(wanted)}>
                {t('evidence.identifiers.mark', { sensitivity: t(`evidence.sensitivity.${wanted}`) })}
              </Button>
            </div>
          )}
          <table className="table" aria-label={t('evidence.identifiers')}>
            <thead>
              <tr>
                <th scope="col">{t('evidence.identifiers.column.place')}</th>
                <th scope="col">{t('evidence.identifiers.column.kind')}</th>
                <th scope="col">{t('evidence.identifiers.column.masked')}</th>
              </tr>
            </thead>
            <tbody>
              {scan.hits.map((hit) => (
                <tr key={`${hit.line}:${hit.column}`}>
                  <td className="mono">
                    <Button
                      variant="quiet"
                      size="small"
                      aria-label={t('evidence.identifiers.show', { line: hit.line, column: hit.column })}
                      onPress={() => showPlace(evidence.id, hit)}
                    >
                      {t('evidence.identifiers.place', { line: hit.line, column: hit.column })}
                    </Button>
                  </td>
                  <td>{t(`evidence.identifiers.kind.${hit.kind}`)}</td>
                  <td className="mono">{hit.masked}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {total > scan.hits.length ? <p className="muted">{t('evidence.identifiers.further', { count: scan.hits.length })}</p> : null}
        </>
      )}
    </div>
  );
}
