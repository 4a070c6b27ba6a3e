import type { PackEntry } from '../../shared/domain/pack-entry.ts';
import { formatPercent } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { QueryView } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';

/** Checklist by checklist: how much of the one is also asked by the other, so that one answer serves both. */
export function Coverage({ packs }: { readonly packs: readonly PackEntry[] }) {
  const query = useQuery('packs.coverage', {}, ['packs']);
  return (
    <div className="pack pack--wide">
      <div>
        <h2 className="pack__title">{t('checklists.coverage')}</h2>
        <p className="muted text-column">{t('checklists.coverage.hint')}</p>
      </div>
      <QueryView query={query}>
        {(rows) => {
          const cell = (from: string, to: string) => rows.find((row) => row.from === from && row.to === to);
          return (
            <div className="coverage">
              <table className="table" aria-label={t('checklists.coverage')}>
                <thead>
                  <tr>
                    <th scope="col">{t('checklists.coverage.of')}</th>
                    {packs.map((pack) => (
                      <th key={pack.id} scope="col" className="coverage__cell">
                        {pack.title}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {packs.map((from) => (
                    <tr key={from.id}>
                      <th scope="row">{from.title}</th>
                      {packs.map((to) => {
                        const found = cell(from.id, to.id);
                        if (found === undefined) return <td key={to.id} className="muted" aria-label={t('checklists.coverage.self')} />;
                        const share = found.controls === 0 ? 0 : found.covered / found.controls;
                        return (
                          <td
                            key={to.id}
                            className="numeric"
                            aria-label={t('checklists.coverage.cell', {
                              from: from.title,
                              to: to.title,
                              covered: found.covered,
                              controls: found.controls,
                            })}
                          >
                            {formatPercent(share)}{' '}
                            <span className="muted">
                              {t('checklists.coverage.count', { covered: found.covered, controls: found.controls })}
                            </span>
                            <span className="coverage__bar" aria-hidden="true">
                              <span style={{ inlineSize: `${Math.round(share * 100)}%` }} />
                            </span>
                          </td>
                        );
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </QueryView>
    </div>
  );
}
