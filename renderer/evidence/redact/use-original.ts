import { useEffect, useState } from 'react';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import type { RedactionKind } from '../../../shared/domain/redaction.ts';
import type { Progress } from '../../../shared/ipc/contract.ts';
import { call } from '../../bridge.ts';
import type { NewMark } from './editor.ts';

/** The opened original: a text, or the bytes of a picture or PDF. */
export interface Original {
  readonly redactionId: string;
  readonly kind: RedactionKind;
  readonly bytes: Uint8Array;
  readonly text: string;
  /** What was marked and not finished earlier. */
  readonly marks: readonly NewMark[];
}

interface State {
  readonly original: Original | null;
  readonly progress: Progress | null;
  readonly error: unknown;
}

const nothing: State = { original: null, progress: null, error: null };

/** Opens a redaction, reads the original piece by piece, and closes it when the editor goes away. */
export function useOriginal(evidenceId: EvidenceId): State {
  const [state, setState] = useState(nothing);
  useEffect(() => {
    let stopped = false;
    let opened: string | null = null;
    const started = performance.now();
    const open = async (): Promise<void> => {
      const { redactionId, kind, size, text, marks } = await call('redaction.open', { evidenceId });
      opened = redactionId;
      const parts: Uint8Array[] = [];
      let done = 0;
      for (let more = text === null; more && !stopped; ) {
        const read = await call('redaction.read', { redactionId });
        parts.push(read.bytes);
        done += read.bytes.length;
        more = !read.done;
        const elapsed = performance.now() - started;
        if (!stopped) setState({ ...nothing, progress: { label: '', done, total: size, unit: 'bytes', elapsed } });
      }
      if (stopped) return close(redactionId);
      setState({ ...nothing, original: { redactionId, kind, bytes: joined(parts, done), text: text ?? '', marks } });
    };
    open().catch((error) => stopped || setState({ ...nothing, error }));
    return () => {
      stopped = true;
      if (opened !== null) close(opened);
    };
  }, [evidenceId]);
  return state;
}

/** One that is gone already, such as with a lock, needs no closing. */
function close(redactionId: string): void {
  call('redaction.close', { redactionId }).catch(() => null);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
