/** What somebody dropped or pasted: files to attach and the names of folders, which are not taken. */
export interface Transferred {
  readonly files: File[];
  readonly folders: string[];
}

/** Separates files from folders. Must be called inside the event, because the browser empties the transfer afterwards. */
export function readTransfer(transfer: DataTransfer): Transferred {
  const files: File[] = [];
  const folders: string[] = [];
  for (const item of [...transfer.items]) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry?.isDirectory === true) folders.push(entry.name);
    else if (file !== null) files.push(file);
  }
  return { files, folders };
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
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `Screenshot ${day} ${two(now.getHours())}.${two(now.getMinutes())}.${two(now.getSeconds())}`;
}
