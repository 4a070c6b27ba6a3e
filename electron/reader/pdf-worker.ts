// pdf.js's other half, in this very process: it leaves its message handler in the global scope, where the first half finds it and
// starts no worker of its own.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
