import { useEffect, useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { call } from '../bridge.ts';
import { useStore } from '../store.ts';
import { lastKept } from './picture/keep-picture.ts';
import { useObjectUrl } from './preview/use-object-url.ts';
import { TypeIcon } from './type-icon.tsx';

/** Milliseconds that a card has to be in sight before its picture is asked for: who scrolls past a thousand needs none of them. */
const pause = 60;

/** The small picture of a piece where there is one, else the sign of its type. Decoration: title and type stand below it. */
export function CardPicture({ evidence }: { readonly evidence: Evidence }) {
  const { id, sensitivity, mediaType } = evidence;
  const [bytes, setBytes] = useState<Uint8Array | null>(null);
  const isNew = useStore(lastKept) === id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a picture that was just kept, or may not be shown any longer, is asked for again
  useEffect(() => {
    let stopped = false;
    if (sensitivity !== 'normal') setBytes(null);
    const ask = () => {
      call('evidence.picture', { evidenceId: id }).then(
        (picture) => stopped || setBytes(picture.state === 'kept' ? picture.bytes : null),
        // Destroyed meanwhile, or the vault is locked: the list says so.
        () => stopped || setBytes(null),
      );
    };
    const timer = sensitivity === 'normal' ? setTimeout(ask, pause) : undefined;
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [id, sensitivity, isNew]);
  return bytes === null ? <TypeIcon mediaType={mediaType} large /> : <Drawn bytes={bytes} />;
}

function Drawn({ bytes }: { readonly bytes: Uint8Array }) {
  const address = useObjectUrl(bytes, 'image/webp');
  return address === null ? null : <img className="card__drawn" src={address} alt="" draggable={false} />;
}
