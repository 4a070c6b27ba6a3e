import type { PackFault } from '../../shared/domain/pack-fault.ts';
import { t } from '../i18n/translate.ts';

/** Every fault of a file with its place: line and column, or the cell of a spreadsheet. */
export function FaultList({
  faults,
  further,
  label,
}: {
  readonly faults: readonly PackFault[];
  readonly further: number;
  readonly label: string;
}) {
  return (
    <div className="fault-list">
      <table className="table" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('checklists.fault.place')}</th>
            <th scope="col">{t('checklists.fault.what')}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map((fault, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is shown once and never reordered
            <tr key={index}>
              <td className="fault-list__place mono">{placeOf(fault)}</td>
              <td>
                {fault.message}
                {fault.path === '' ? null : <span className="pack-control__good mono">{fault.path}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {further === 0 ? null : <p className="muted">{t('checklists.fault.further', { count: further })}</p>}
    </div>
  );
}

function placeOf({ file, line, column, cell }: PackFault): string {
  return `${file}:${cell ?? `${line}:${column}`}`;
}
