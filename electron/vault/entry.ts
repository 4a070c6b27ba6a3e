import { type ParentPort, serveVault } from './lines.ts';

// Forked by main as a utility process.
process.umask(0o077);
serveVault((process as unknown as { parentPort: ParentPort }).parentPort, process.env.SEALBOOK_ASSETS ?? __dirname);
