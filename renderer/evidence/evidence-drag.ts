import { type DragEvent, useRef, useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { t } from '../i18n/translate.ts';

/** Dragging pieces of evidence onto controls. The same is done without a mouse by the dialog that links to controls. */

const dragType = 'application/x-sealbook-evidence';

/** Puts pieces onto a drag that begins, with their number under the pointer. */
export function startDrag(event: DragEvent, items: readonly Evidence[]): void {
  const [first] = items;
  if (first === undefined) return;
  event.dataTransfer.effectAllowed = 'link';
  event.dataTransfer.setData(dragType, JSON.stringify(items.map(({ id }) => id)));
  const image = document.createElement('div');
  image.className = 'drag-image';
  image.textContent = items.length === 1 ? first.title : t('register.drag', { count: items.length });
  document.body.append(image);
  event.dataTransfer.setDragImage(image, 12, 12);
  // The browser takes its picture before the next task; afterwards the element is of no use.
  setTimeout(() => image.remove());
}

export function carriesEvidence(transfer: DataTransfer): boolean {
  return transfer.types.includes(dragType);
}

/** The pieces of a drop; empty for anything that is not a list of ids. */
export function readDrag(transfer: DataTransfer): EvidenceId[] {
  try {
    const ids: unknown = JSON.parse(transfer.getData(dragType));
    return Array.isArray(ids) ? ids.filter((id): id is EvidenceId => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** Props for an element that takes dragged evidence, and whether some hangs over it. With null nothing is taken. */
export function useEvidenceDrop(onEvidence: ((ids: EvidenceId[]) => void) | null) {
  const [over, setOver] = useState(false);
  // Every child that is crossed enters and leaves once.
  const depth = useRef(0);
  const leave = () => {
    depth.current = 0;
    setOver(false);
  };
  const takes = (event: DragEvent) => onEvidence !== null && carriesEvidence(event.dataTransfer);
  return {
    over,
    props: {
      onDragEnter: (event: DragEvent) => {
        if (!takes(event)) return;
        event.preventDefault();
        depth.current += 1;
        setOver(true);
      },
      onDragOver: (event: DragEvent) => {
        if (!takes(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'link';
      },
      onDragLeave: (event: DragEvent) => {
        if (!carriesEvidence(event.dataTransfer)) return;
        depth.current -= 1;
        if (depth.current <= 0) leave();
      },
      onDrop: (event: DragEvent) => {
        if (!takes(event)) return;
        event.preventDefault();
        event.stopPropagation();
        leave();
        onEvidence?.(readDrag(event.dataTransfer));
      },
    },
  };
}
