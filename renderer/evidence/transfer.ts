/** What somebody dropped or pasted. */
export interface Transferred {
  readonly files: readonly File[];
  readonly folders: readonly DroppedFolder[];
}

/** A dropped folder. What is in it is found later: the browser has no list of it beforehand. */
export interface DroppedFolder {
  readonly name: string;
  /** Stops one past `most` files. */
  readonly walk: (most: number, signal: AbortSignal) => Promise<WalkedFolder>;
}

export interface WalkedFolder {
  readonly files: readonly { readonly file: File; readonly relativePath: string }[];
  /** Paths of files and folders that could not be opened. */
  readonly unreadable: readonly string[];
}

/** Separates files from folders. Must be called inside the event, because the browser empties the transfer afterwards. */
export function readTransfer(transfer: DataTransfer): Transferred {
  const files: File[] = [];
  const folders: DroppedFolder[] = [];
  for (const item of [...transfer.items]) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry?.isDirectory === true)
      folders.push({ name: entry.name, walk: (most, signal) => walkEntry(entry as FileSystemDirectoryEntry, most, signal) });
    else if (file !== null) files.push(file);
  }
  return { files, folders };
}

/** Finds the files of a dropped folder and of the folders in it. Chromium passes over links in it without a word. */
async function walkEntry(folder: FileSystemDirectoryEntry, most: number, signal: AbortSignal): Promise<WalkedFolder> {
  const files: { file: File; relativePath: string }[] = [];
  const unreadable: string[] = [];
  const waiting: FileSystemEntry[] = [folder];
  for (let next = waiting.pop(); next !== undefined && files.length <= most && !signal.aborted; next = waiting.pop()) {
    const relativePath = next.fullPath.replace(/^\/+/, '');
    try {
      if (next.isDirectory) waiting.push(...(await entriesOf(next as FileSystemDirectoryEntry)).reverse());
      else files.push({ file: await fileOf(next as FileSystemFileEntry), relativePath });
    } catch {
      unreadable.push(relativePath);
    }
  }
  return { files, unreadable };
}

/** All entries of a folder, in the order of names; the browser hands them out a hundred at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found.sort((one, other) => (one.name < other.name ? -1 : 1));
    found.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

export function carriesFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}

/**
 * Files on the clipboard. A pasted picture gets a name that says when; a text with a picture beside it (as word
 * processors copy it) is left to the text field it is pasted into.
 */
export function readPaste(transfer: DataTransfer, intoTextField: boolean, now: Date): Transferred {
  if (intoTextField && transfer.types.includes('text/plain')) return { files: [], folders: [] };
  const { files, folders } = readTransfer(transfer);
  return { files: files.map((file) => (isNamelessPicture(file) ? renamed(file, now) : file)), folders };
}

/** Chromium calls every picture from the clipboard image.png. */
function isNamelessPicture(file: File): boolean {
  return file.type.startsWith('image/') && /^(image\.[a-z]+)?$/i.test(file.name);
}

function renamed(file: File, now: Date): File {
  const extension = file.type.slice('image/'.length).replace('jpeg', 'jpg').replace('svg+xml', 'svg');
  return new File([file], `${screenshotName(now)}.${extension}`, { type: file.type });
}

/** E.g. `Screenshot 2026-03-09 14.02.31`, in local time. */
export function screenshotName(now: Date): string {
  return `Screenshot ${clock(now)}`;
}

/** The same for a picture that was taken from here. */
export function screenName(now: Date): string {
  return `Screen ${clock(now)}`;
}

function clock(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `${day} ${two(now.getHours())}.${two(now.getMinutes())}.${two(now.getSeconds())}`;
}
