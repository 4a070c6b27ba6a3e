// The database addon in the bundles. It has an ES module and a CommonJS build whose default exports differ; bundled code gets the
// CommonJS one, required at run time because its native code cannot be bundled.
import { createRequire } from 'node:module';

const addon = createRequire(import.meta.url)('@signalapp/sqlcipher');

export default addon.default;
export const { setLogger } = addon;
