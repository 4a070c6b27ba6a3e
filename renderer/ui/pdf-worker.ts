/** The script of the PDF worker, bundled as `pdf.worker.mjs`. */
import './pdf-runtime.ts';
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
