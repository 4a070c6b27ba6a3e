import { useEffect, useRef } from 'react';
import { findIdentifiers, type IdentifierHit } from '../../../shared/domain/identifiers.ts';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import { createStore, useStore } from '../../store.ts';
import { maskPattern } from './mask.ts';
import { positionOf, type TextRows } from './text-rows.ts';

interface WantedPlace {
  readonly evidenceId: EvidenceId;
  readonly hit: IdentifierHit;
}

/** The place that somebody wants to see in the content, asked for beside the preview. */
const wanted = createStore<WantedPlace | null>(null);

/** Asks the preview of this evidence to show where an identifier was found. */
export function showPlace(evidenceId: EvidenceId, hit: IdentifierHit): void {
  wanted.set({ evidenceId, hit });
}

/** Calls back for each place of this evidence that is asked for, also when the preview comes into sight after the question. */
export function useWantedPlace(evidenceId: EvidenceId, onShow: (hit: IdentifierHit) => void): void {
  const place = useStore(wanted);
  const showNow = useRef(onShow);
  showNow.current = onShow;
  useEffect(() => {
    if (place === null || place.evidenceId !== evidenceId) return;
    showNow.current(place.hit);
    wanted.set(null);
  }, [place, evidenceId]);
}

/** A longer text is not searched a second time for the sake of a jump. */
const searchable = 4 * 1024 * 1024;

/**
 * Where an identifier lies in the text that is shown. That is the line and column of the file, unless it is shown with other line
 * breaks (JSON is); then it is the nearest one that looks the same.
 */
export function placeOfHit(text: string, rows: TextRows, hit: IdentifierHit): { position: number; length: number } {
  const position = positionOf(text, rows, hit.line, hit.column);
  const exact = lengthAt(text, position, hit.masked);
  if (exact > 0) return { position, length: exact };
  if (text.length <= searchable) {
    const alike = findIdentifiers(text).hits.filter(({ kind, masked }) => kind === hit.kind && masked === hit.masked);
    const [nearest] = alike.sort((one, other) => Math.abs(one.line - hit.line) - Math.abs(other.line - hit.line));
    if (nearest !== undefined) {
      const found = positionOf(text, rows, nearest.line, nearest.column);
      return { position: found, length: lengthAt(text, found, nearest.masked) };
    }
  }
  return { position, length: 0 };
}

/** The number of characters that a masked identifier has here; 0 when it is not here. */
function lengthAt(text: string, position: number, masked: string): number {
  const near = text.slice(position, position + 2100);
  const match = maskPattern(masked).exec(near);
  return match?.index === 0 ? match[0].length : 0;
}
