import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { basename, join, sep } from 'node:path';
import type { BrowserWindow, OpenDialogOptions } from 'electron';
import { dialog } from 'electron';
import type { PickedFile, SaveKind } from '../../shared/ipc/shell.ts';
import type { FilePurpose, HandedFile } from './broker.ts';
import { safeFileName } from './file-name.ts';
import { messages } from './messages.ts';

const text = messages.dialog;
const allFiles = { name: text.allFiles, extensions: ['*'] };
const saveFilters: Readonly<Record<SaveKind, { name: string; extensions: string[] }[]>> = {
  pdf: [{ name: text.fileKind.pdf, extensions: ['pdf'] }],
  pem: [{ name: text.fileKind.pem, extensions: ['pem'] }],
  html: [{ name: text.fileKind.html, extensions: ['html'] }],
  yaml: [{ name: text.fileKind.yaml, extensions: ['yaml', 'yml'] }],
  xlsx: [{ name: text.fileKind.xlsx, extensions: ['xlsx'] }],
  csv: [{ name: text.fileKind.csv, extensions: ['csv'] }],
  json: [{ name: text.fileKind.json, extensions: ['json'] }],
  folder: [allFiles],
  'requests-xlsx': [{ name: text.fileKind.xlsx, extensions: ['xlsx'] }],
  'requests-docx': [{ name: text.fileKind.docx, extensions: ['docx'] }],
  'custody-pdf': [{ name: text.fileKind.pdf, extensions: ['pdf'] }],
  'body-zip': [{ name: text.fileKind.zip, extensions: ['zip'] }],
  original: [allFiles],
};

/** The file dialogs. A picked path goes to the vault; the window gets a token and the name. */
export interface Dialogs {
  readonly pickEvidence: () => Promise<PickedFile[]>;
  readonly pickFolder: () => Promise<PickedFile | null>;
  readonly pickList: () => Promise<PickedFile | null>;
  readonly pickRevision: () => Promise<PickedFile | null>;
  readonly pickBody: () => Promise<PickedFile | null>;
  readonly pickBodyZip: () => Promise<PickedFile | null>;
  readonly pickChecklists: () => Promise<PickedFile[]>;
  readonly pickPkcs12: () => Promise<PickedFile | null>;
  readonly pickReport: () => Promise<PickedFile | null>;
  readonly pickSave: (kind: SaveKind, suggestedName: string) => Promise<PickedFile | null>;
  readonly pickVault: () => Promise<PickedFile | null>;
  readonly pickNewVault: (name: string) => Promise<PickedFile | null>;
  /** Hands a known path to the vault, without a dialog. */
  readonly issue: (path: string, purpose: FilePurpose) => PickedFile;
  /** The vault folder behind a token that was issued in this run, or null. */
  readonly vaultPath: (token: string) => string | null;
}

/** @param handFile tells the vault which path a token stands for */
export function createDialogs(window: () => BrowserWindow | null, handFile: (file: HandedFile) => void): Dialogs {
  const vaultPaths = new Map<string, string>();

  function issue(path: string, purpose: FilePurpose): PickedFile {
    const token = randomBytes(24).toString('base64url');
    if (purpose === 'vault' || purpose === 'new-vault') vaultPaths.set(token, path);
    handFile({ token, path, purpose });
    return { token, name: basename(path) };
  }

  async function open(options: OpenDialogOptions): Promise<string[]> {
    const parent = window();
    const { canceled, filePaths } = await (parent === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options));
    return canceled ? [] : filePaths;
  }

  async function openOne(options: OpenDialogOptions, purpose: FilePurpose): Promise<PickedFile | null> {
    const [path] = await open(options);
    return path === undefined ? null : issue(path, purpose);
  }

  return {
    issue,
    vaultPath: (token) => vaultPaths.get(token) ?? null,
    async pickEvidence() {
      const options: OpenDialogOptions = {
        title: text.pickEvidence,
        buttonLabel: text.attach,
        properties: ['openFile', 'multiSelections'],
      };
      return (await open(options)).map((path) => issue(path, 'read'));
    },
    pickFolder() {
      return openOne({ title: text.pickFolder, buttonLabel: text.attach, properties: ['openDirectory'] }, 'read-folder');
    },
    pickList() {
      const filters = [...saveFilters.csv, allFiles];
      return openOne({ title: text.pickList, buttonLabel: text.open, properties: ['openFile'], filters }, 'read-list');
    },
    pickRevision() {
      return openOne({ title: text.pickRevision, buttonLabel: text.open, properties: ['openFile'] }, 'read');
    },
    pickBody() {
      return openOne({ title: text.pickBody, buttonLabel: text.open, properties: ['openDirectory'] }, 'read');
    },
    pickBodyZip() {
      const filters = [...saveFilters['body-zip'], allFiles];
      return openOne({ title: text.pickBody, buttonLabel: text.open, properties: ['openFile'], filters }, 'read');
    },
    async pickChecklists() {
      const filters = [{ name: text.checklistFiles, extensions: ['yaml', 'yml', 'xlsx', 'csv', 'json'] }, allFiles];
      const properties: OpenDialogOptions['properties'] = ['openFile', 'multiSelections'];
      return (await open({ title: text.pickChecklists, buttonLabel: text.open, properties, filters })).map((path) => issue(path, 'read'));
    },
    pickPkcs12() {
      const filters = [{ name: text.pkcs12Files, extensions: ['p12', 'pfx'] }, allFiles];
      return openOne({ title: text.pickPkcs12, buttonLabel: text.open, properties: ['openFile'], filters }, 'read');
    },
    pickReport() {
      const filters = [...saveFilters.pdf, allFiles];
      return openOne({ title: text.pickReport, buttonLabel: text.verify, properties: ['openFile'], filters }, 'read');
    },
    async pickSave(kind, suggestedName) {
      const options = {
        title: text.saveTitle[kind],
        buttonLabel: text.save,
        defaultPath: safeFileName(suggestedName),
        filters: saveFilters[kind],
        properties: ['createDirectory' as const, 'showOverwriteConfirmation' as const],
      };
      const parent = window();
      const { canceled, filePath } = await (parent === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(parent, options));
      return canceled || filePath === undefined || filePath === '' ? null : issue(filePath, 'write');
    },
    pickVault() {
      return openOne({ title: text.pickVault, buttonLabel: text.open, properties: ['openDirectory'] }, 'vault');
    },
    async pickNewVault(name) {
      const [folder] = await open({
        title: text.pickNewVault,
        buttonLabel: text.createHere,
        properties: ['openDirectory', 'createDirectory'],
      });
      return folder === undefined ? null : issue(join(folder, `${safeFileName(name)}.sealbook`), 'new-vault');
    },
  };
}

/** A path for showing: the home folder as `~`. */
export function shortened(path: string): string {
  const home = homedir();
  return path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}
