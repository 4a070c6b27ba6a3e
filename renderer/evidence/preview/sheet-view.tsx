import './sheet-view.css';
import { PanelTop, Search } from 'lucide-react';
import { useCallback, useId, useMemo, useRef, useState } from 'react';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import type { PreviewSheet } from '../../../shared/domain/preview.ts';
import { t } from '../../i18n/translate.ts';
import { FindBar } from '../../ui/find-bar.tsx';
import { classNames, IconButton } from '../../ui/index.ts';
import { JumpField } from '../../ui/jump-field.tsx';
import { inTurns, useFind } from '../../ui/use-find.ts';
import { PreviewBar, usePreviewCommands } from './frame.tsx';
import { useWantedPlace } from './places.ts';
import {
  type Cell,
  cellOfHit,
  cellsWith,
  columnCount,
  columnName,
  columnStarts,
  columnsInSight,
  hasHeader,
  isNumeric,
  movedCell,
} from './table-cells.ts';
import { useRows } from './use-rows.ts';

export interface SheetViewProps {
  readonly evidenceId: EvidenceId;
  readonly title: string;
  readonly sheet: PreviewSheet;
}

/** Heights in pixels; the style sheet sets the same. */
const rowHeight = 28;

/** One sheet with the letters of its columns and the numbers of its rows. Only the cells in sight are drawn. */
export function SheetView({ evidenceId, title, sheet }: SheetViewProps) {
  const { rows, totalRows, totalColumns } = sheet;
  const id = useId();
  const [frozen, setFrozen] = useState(() => hasHeader(rows));
  const [active, setActive] = useState<Cell | null>(null);
  const grid = useRef<HTMLTableElement>(null);
  const rowField = useRef<HTMLInputElement>(null);
  const columns = useMemo(() => columnCount(rows), [rows]);
  const starts = useMemo(() => columnStarts(rows, columns), [rows, columns]);
  const kept = frozen ? 1 : 0;
  const view = useRows(Math.max(0, rows.length - kept), rowHeight, rowHeight * (1 + kept));
  const { scroller } = view;
  const gutter = 24 + String(rows.length).length * 8;
  const { first, end } = columnsInSight(starts, view.scrollLeft, Math.max(0, view.width - gutter));

  const choose = (cell: Cell) => {
    setActive(cell);
    if (cell.row >= kept) view.show(cell.row - kept);
    showColumn(scroller.current, starts[cell.column] ?? 0, starts[cell.column + 1] ?? 0, gutter);
  };
  const search = useCallback((query: string) => inTurns(cellsWith(rows, query)), [rows]);
  const find = useFind(search, choose);
  const found = useMemo(() => new Set(find.places.map(nameOf)), [find.places]);
  useWantedPlace(evidenceId, (hit) => {
    const cell = cellOfHit(rows, hit);
    if (cell !== null) choose(cell);
  });
  const focusGrid = () => grid.current?.focus();
  usePreviewCommands([
    { id: 'preview.find', title: t('preview.find'), keys: 'Mod+F', run: find.open },
    { id: 'preview.find.next', title: t('preview.find.next'), keys: 'F3', run: () => find.step(1) },
    { id: 'preview.find.previous', title: t('preview.find.previous'), keys: 'Shift+F3', run: () => find.step(-1) },
    { id: 'preview.table.go', title: t('preview.table.go'), keys: 'Mod+G', run: () => rowField.current?.focus() },
  ]);

  const placed = (column: number) => ({
    inlineSize: `${(starts[column + 1] ?? 0) - (starts[column] ?? 0)}px`,
    // Stands for the columns before, which are out of sight and not drawn.
    ...(column === first ? { marginInlineStart: `${starts[first] ?? 0}px` } : {}),
  });
  const drawRow = (row: number) => (
    <tr key={row} aria-rowindex={row + 2} className={classNames('sheet__row', frozen && row === 0 && 'sheet__row--head')}>
      <th scope="row" aria-colindex={1} className="sheet__number" style={{ inlineSize: `${gutter}px` }}>
        {row + 1}
      </th>
      {range(first, end).map((column) => {
        const text = rows[row]?.[column] ?? '';
        const chosen = active?.row === row && active.column === column;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
          // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a cell of a grid can be selected
          <td
            key={column}
            id={`${id}-${row}-${column}`}
            aria-colindex={column + 2}
            aria-selected={chosen}
            className={classNames(
              'sheet__cell',
              isNumeric(text) && 'sheet__cell--number',
              found.has(nameOf({ row, column })) && 'find-mark',
              chosen && 'sheet__cell--active',
            )}
            style={placed(column)}
            onClick={() => setActive({ row, column })}
          >
            {text.length > 300 ? text.slice(0, 300) : text}
          </td>
        );
      })}
    </tr>
  );
  const inSight = active !== null && active.column >= first && active.column < end && isDrawn(active.row, kept, view);
  const notes = [
    ...(totalRows > rows.length ? [t('preview.table.more', { shown: rows.length, count: totalRows })] : []),
    ...(sheet.hidden === undefined ? [] : [t(`preview.table.note.${sheet.hidden}`)]),
    ...(sheet.hiddenRows === undefined ? [] : [t('preview.table.hiddenRows', { rows: sheet.hiddenRows })]),
    ...(sheet.hiddenColumns === undefined ? [] : [t('preview.table.hiddenColumns', { columns: sheet.hiddenColumns })]),
    ...(totalColumns > columns ? [t('preview.table.moreColumns', { shown: columns, count: totalColumns })] : []),
  ];
  return (
    <div className="preview">
      <PreviewBar facts={t('preview.table.size', { rows: totalRows, columns: totalColumns })}>
        <JumpField
          label={t('preview.table.row')}
          value={(active?.row ?? view.firstShown() + kept) + 1}
          most={rows.length}
          inputRef={rowField}
          onJump={(row) => {
            choose({ row: row - 1, column: active?.column ?? 0 });
            focusGrid();
          }}
        />
        <IconButton
          label={t('preview.table.freeze')}
          aria-pressed={frozen}
          icon={<PanelTop aria-hidden="true" />}
          size="small"
          onPress={() => setFrozen(!frozen)}
        />
        <IconButton label={t('preview.find')} shortcut="Mod+F" icon={<Search aria-hidden="true" />} size="small" onPress={find.open} />
      </PreviewBar>
      <FindBar find={find} onClose={focusGrid} />
      {notes.map((note) => (
        <p key={note} className="preview__note">
          {note}
        </p>
      ))}
      {rows.length === 0 || columns === 0 ? (
        <p className="preview__nothing">{t('preview.table.empty')}</p>
      ) : (
        <div ref={scroller} className="preview__scroll sheet">
          <table
            ref={grid}
            className="sheet__surface"
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the keys move in it from cell to cell
            role="grid"
            aria-label={t('preview.table.of', { title })}
            aria-rowcount={rows.length + 1}
            aria-colcount={columns + 1}
            aria-activedescendant={inSight ? `${id}-${active.row}-${active.column}` : undefined}
            tabIndex={0}
            data-content
            style={{ blockSize: `${view.surface + rowHeight * (1 + kept)}px`, inlineSize: `${gutter + (starts[columns] ?? 0)}px` }}
            onFocus={() => active ?? setActive({ row: 0, column: 0 })}
            onKeyDown={(event) => {
              const page = Math.max(1, Math.floor(view.height / rowHeight) - 2 - kept);
              const table = { rows: rows.length, columns, page };
              const next = movedCell(event.key, event.ctrlKey || event.metaKey, active ?? { row: 0, column: 0 }, table);
              if (next === null) return;
              event.preventDefault();
              choose(next);
            }}
          >
            <thead className="sheet__head">
              <tr aria-rowindex={1} className="sheet__row sheet__row--names">
                <td aria-colindex={1} className="sheet__number" style={{ inlineSize: `${gutter}px` }} />
                {range(first, end).map((column) => (
                  <th key={column} scope="col" aria-colindex={column + 2} className="sheet__name" style={placed(column)}>
                    {columnName(column)}
                  </th>
                ))}
              </tr>
              {frozen ? drawRow(0) : null}
            </thead>
            <tbody className="sheet__rows" style={{ transform: `translateY(${view.offset}px)` }}>
              {range(view.first, view.end).map((index) => drawRow(index + kept))}
            </tbody>
          </table>
        </div>
      )}
      {active === null || rows.length === 0 ? null : (
        <div className="sheet__text">
          <span className="mono sheet__place">{`${columnName(active.column)}${active.row + 1}`}</span>
          <span className="sheet__whole">
            {rows[active.row]?.[active.column] || <span className="muted">{t('preview.table.emptyCell')}</span>}
          </span>
        </div>
      )}
    </div>
  );
}

function nameOf({ row, column }: Cell): string {
  return `${row}:${column}`;
}

function range(first: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}

function isDrawn(row: number, kept: number, view: { first: number; end: number }): boolean {
  return row < kept || (row - kept >= view.first && row - kept < view.end);
}

function showColumn(element: HTMLElement | null, start: number, end: number, gutter: number): void {
  if (element === null) return;
  const seen = element.clientWidth - gutter;
  if (start < element.scrollLeft) element.scrollLeft = start;
  else if (end > element.scrollLeft + seen) element.scrollLeft = Math.min(start, end - seen);
}
