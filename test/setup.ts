import { afterEach } from 'vitest';
import { cleanUp } from './vault/cleanups.ts';

// Runs anew for every file of tests, also where files share their modules: a hook in a shared module would be heard by the first file only.
afterEach(cleanUp);
