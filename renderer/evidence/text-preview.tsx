import { ScanText, Search, WrapText } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import type { TextLanguage } from '../../shared/domain/preview.ts';
import { t } from '../i18n/translate.ts';
import { FindBar } from '../ui/find-bar.tsx';
import { classNames, IconButton } from '../ui/index.ts';
import { JumpField } from '../ui/jump-field.tsx';
import { matchesIn } from '../ui/matches.ts';
import { inTurns, useFind } from '../ui/use-find.ts';
import { tonesOf } from './preview/colour.ts';
import { PreviewBar, usePreviewCommands } from './preview/frame.tsx';
import { placeOfHit, useWantedPlace } from './preview/places.ts';
import { type Marks, rowParts } from './preview/row-parts.ts';
import { indexAt, lineNumber, mostRows, positionOf, rowAt, rowText, textRows } from './preview/text-rows.ts';
import { useCharacterWidth } from './preview/use-columns.ts';
import { useRows } from './preview/use-rows.ts';

export interface TextPreviewProps {
  readonly evidenceId: EvidenceId;
  readonly text: string;
  readonly title: string;
  readonly language: TextLanguage;
  readonly encoding: string;
}

/** Height of a row in pixels; the style sheet sets the same. */
const rowHeight = 20;
/** Space beside the words of a row, in pixels: padding on both sides and the scroll bar. */
const besideWords = 36;

/** Text with line numbers, as it is in the file. Only the rows in sight are drawn, however many there are. */
export function TextPreview({ evidenceId, text, title, language, encoding }: TextPreviewProps) {
  const [wrap, setWrap] = useState(language !== 'log' && language !== 'code');
  const [width, setWidth] = useState(0);
  const [place, setPlace] = useState<Marks | null>(null);
  const probe = useRef<HTMLSpanElement>(null);
  const lineField = useRef<HTMLInputElement>(null);
  const character = useCharacterWidth(probe);
  const digits = useMemo(() => Math.max(3, String(countLines(text, mostRows)).length), [text]);
  const gutter = Math.ceil((digits + 2.5) * character);
  const columns = wrap && width > 0 ? Math.floor((width - gutter - besideWords) / character) : null;
  // A long text is not cut into rows that are thrown away as soon as it is known how wide they may be.
  const waiting = wrap && width === 0;
  const rows = useMemo(() => textRows(waiting ? '' : text, columns), [text, columns, waiting]);
  const view = useRows(rows.rows.length, rowHeight);
  const { scroller, show, firstShown } = view;

  // A column more or less for every pixel that somebody drags would cut a long text again and again.
  useEffect(() => {
    if (view.width === 0 || view.width === width) return undefined;
    const timer = setTimeout(() => setWidth(view.width), width === 0 ? 0 : 120);
    return () => clearTimeout(timer);
  }, [view.width, width]);

  // Other rows, the same place: what was at the top is found again.
  const top = useRef(0);
  const rowsBefore = useRef(rows);
  useEffect(() => {
    if (rowsBefore.current === rows) return;
    rowsBefore.current = rows;
    show(rowAt(rows, top.current), 'top');
  }, [rows, show]);
  top.current = rows === rowsBefore.current ? (rows.rows[firstShown()] ?? 0) : top.current;

  const showPosition = (position: number) => {
    show(rowAt(rows, position));
    if (!wrap) showColumn(scroller.current, position - (rows.rows[rowAt(rows, position)] ?? 0), gutter, character);
  };
  const search = useCallback((query: string) => inTurns(matchesIn(text, query)), [text]);
  const find = useFind(search, (position) => {
    setPlace(null);
    showPosition(position);
  });
  const marks: Marks = place ?? { places: find.places, length: find.query.length, current: find.current };
  const goToLine = (line: number) => {
    setPlace({ places: [], length: 0, current: -1 });
    showPosition(positionOf(text, rows, line));
    scroller.current?.focus();
  };
  useWantedPlace(evidenceId, (hit) => {
    const { position, length } = placeOfHit(text, rows, hit);
    setPlace({ places: [position], length, current: 0 });
    showPosition(position);
  });
  const focusContent = () => scroller.current?.focus();
  usePreviewCommands([
    { id: 'preview.find', title: t('preview.find'), keys: 'Mod+F', run: find.open },
    { id: 'preview.find.next', title: t('preview.find.next'), keys: 'F3', run: () => find.step(1) },
    { id: 'preview.find.previous', title: t('preview.find.previous'), keys: 'Shift+F3', run: () => find.step(-1) },
    { id: 'preview.text.go', title: t('preview.text.go'), keys: 'Mod+G', run: () => lineField.current?.focus() },
    { id: 'preview.text.wrap', title: t('preview.text.wrap'), keys: 'w', run: () => setWrap(!wrap) },
  ]);

  const lastLine = rows.lines.length;
  const indexes = Array.from({ length: Math.max(0, view.end - view.first) }, (_, index) => view.first + index);
  return (
    <div className="preview">
      <PreviewBar facts={`${t('preview.text.lines', { count: lastLine })} · ${encoding.toUpperCase()}`}>
        <JumpField
          label={t('preview.text.line')}
          value={indexAt(rows.lines, rows.rows[firstShown()] ?? 0) + 1}
          most={lastLine}
          onJump={goToLine}
          inputRef={lineField}
        />
        <IconButton
          label={t('preview.text.wrap')}
          shortcut="w"
          aria-pressed={wrap}
          icon={<WrapText aria-hidden="true" />}
          size="small"
          onPress={() => setWrap(!wrap)}
        />
        <IconButton label={t('preview.find')} shortcut="Mod+F" icon={<Search aria-hidden="true" />} size="small" onPress={find.open} />
      </PreviewBar>
      <FindBar find={find} onClose={focusContent} />
      {rows.cut ? <p className="preview__note">{t('preview.text.cutLines', { count: lastLine })}</p> : null}
      {text === '' ? (
        <p className="preview__nothing">
          <ScanText aria-hidden="true" />
          {t('preview.text.empty')}
        </p>
      ) : null}
      <section
        ref={scroller}
        className="preview__scroll preview__scroll--text"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the text scrolls with the keyboard
        tabIndex={0}
        data-content
        aria-label={t('preview.text.of', { title })}
      >
        <span ref={probe} className="mono preview__probe" aria-hidden="true">
          0000000000
        </span>
        <div
          className="preview__sheet mono"
          style={{
            blockSize: `${view.surface}px`,
            minInlineSize: wrap ? '100%' : `max(100%, ${Math.ceil(gutter + besideWords + rows.widest * character)}px)`,
          }}
        >
          <div className="preview__rows" style={{ transform: `translateY(${view.offset}px)` }}>
            {indexes.map((index) => {
              const row = rowText(text, rows, index);
              const start = rows.rows[index] ?? 0;
              return (
                <div key={index} className="preview__line">
                  <span className="preview__number" aria-hidden="true" style={{ inlineSize: `${gutter}px` }}>
                    {lineNumber(rows, index) ?? ''}
                  </span>
                  <span className="preview__words">
                    {rowParts(row, start, tonesOf(row, language), marks).map(({ text: words, tone, mark }, part) => (
                      <span
                        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a row have no other name
                        key={part}
                        className={classNames(
                          tone !== null && `tone--${tone}`,
                          mark !== null && 'find-mark',
                          mark === 'current' && 'find-mark--current',
                        )}
                      >
                        {words}
                      </span>
                    ))}
                  </span>
                </div>
              );
            })}
          </div>
        </div>
      </section>
    </div>
  );
}

function countLines(text: string, most: number): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1 && count < most; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** Scrolls a row that is wider than the window so that this column is in sight. */
function showColumn(element: HTMLElement | null, column: number, gutter: number, character: number): void {
  if (element === null) return;
  const seen = element.clientWidth - gutter;
  const at = column * character;
  if (at < element.scrollLeft || at > element.scrollLeft + seen - 8 * character) element.scrollLeft = Math.max(0, at - seen / 2);
}
