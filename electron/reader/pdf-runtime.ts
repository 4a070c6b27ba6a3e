/** Built-ins that pdf.js expects and that the oldest supported Node (18) lacks. Import it before pdf.js. */

interface Resolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T | PromiseLike<T>) => void;
  readonly reject: (reason?: unknown) => void;
}

/** Promise.withResolvers of ECMAScript 2024. */
export function withResolvers<T>(): Resolvers<T> {
  let resolve: Resolvers<T>['resolve'] = () => {};
  let reject: Resolvers<T>['reject'] = () => {};
  const promise = new Promise<T>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

/** Response.bytes and Blob.bytes of the Fetch standard. */
export async function bytes(this: Pick<Response, 'arrayBuffer'>): Promise<Uint8Array> {
  return new Uint8Array(await this.arrayBuffer());
}

function provide(owner: object, name: string, value: unknown): void {
  if (!(name in owner)) Object.defineProperty(owner, name, { value, configurable: true, writable: true });
}

provide(Promise, 'withResolvers', withResolvers);
provide(Response.prototype, 'bytes', bytes);
provide(Blob.prototype, 'bytes', bytes);
