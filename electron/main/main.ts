import { launch } from './launch.ts';

// The dist folder: this file lies at its top, also inside a packaged app.
launch(__dirname, process.argv);
