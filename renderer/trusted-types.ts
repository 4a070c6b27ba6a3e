/** The part of Trusted Types that this window uses; the content policy refuses script addresses that are plain text. */
interface TrustedTypes {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (address: string) => string },
  ) => { readonly createScriptURL: (address: string) => URL };
}

declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypes;
  }
}

const ownScripts: readonly string[] = ['/pdf.worker.mjs'];

/** The one policy of the window, by the name the content policy allows. */
const policy = window.trustedTypes?.createPolicy('sealbook', {
  createScriptURL: (address) => {
    const { origin, pathname } = new URL(address);
    if (origin !== window.location.origin || !ownScripts.includes(pathname)) throw new Error('Not a script of this window');
    return address;
  },
});

/** The address of one of the window's own worker scripts, e.g. `/pdf.worker.mjs`, in the form that `Worker` accepts. */
export function workerAddress(path: string): URL {
  const address = new URL(path, window.location.href);
  return policy === undefined ? address : policy.createScriptURL(address.href);
}
