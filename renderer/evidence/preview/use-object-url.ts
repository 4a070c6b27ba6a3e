import { useEffect, useState } from 'react';

/** An address in memory for bytes, given back when they leave the screen. Null until it is made. */
export function useObjectUrl(bytes: Uint8Array, mediaType: string): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, mediaType]);
  return address;
}
