/** The part of Trusted Types that this window uses; the content policy refuses script addresses that are plain text. */
interface TrustedTypes {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (address: string) => string } | { readonly createHTML: (markup: string) => string | null },
  ) => { readonly createScriptURL: (address: string) => URL };
}

declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypes;
  }
}

const ownScripts: readonly string[] = ['/pdf.worker.mjs'];

/** The policy for script addresses, by the name the content policy allows. */
const policy = window.trustedTypes?.createPolicy('sealbook', {
  createScriptURL: (address) => {
    const { origin, pathname } = new URL(address);
    if (origin !== window.location.origin || !ownScripts.includes(pathname)) throw new Error('Not a script of this window');
    return address;
  },
});

/**
 * Some of the widgets' own code empties an element by setting its markup to nothing (the announcer of React Aria does).
 * Nothing is the only markup that plain text may become; anything else is refused by the content policy.
 */
window.trustedTypes?.createPolicy('default', { createHTML: (markup) => (markup === '' ? markup : null) });

/** The address of one of the window's own worker scripts, e.g. `/pdf.worker.mjs`, in the form that `Worker` accepts. */
export function workerAddress(path: string): URL {
  const address = new URL(path, window.location.href);
  return policy === undefined ? address : policy.createScriptURL(address.href);
}
