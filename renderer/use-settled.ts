import { useEffect, useState } from 'react';

/** Milliseconds without a key before the vault is asked. */
const pause = 150;

/** What was typed, a moment after the last key. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
