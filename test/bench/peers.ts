import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { program, shell } from './runs.ts';

/** What others do with the same files: into a store or a file that only a secret opens, and out again. */
export interface Peer {
  readonly name: string;
  readonly command: string;
  /** Makes an empty store; not timed. */
  prepare(folder: string): Promise<void>;
  /** Takes the file or folder in, durably. */
  store(source: string, folder: string): Promise<void>;
  /** Gives back what was taken in, durably, as `target`. */
  restore(source: string, folder: string, target: string): Promise<void>;
}

const passphrase = 'copper lantern orchard tide';
/** Programs that take one file get a folder as a tar stream. */
const stream = 'if [ -d "$1" ]; then tar -cf - -C "$1" .; else cat "$1"; fi';

/** The next run has a folder of the same name, and would talk to an agent that is about to end because its own is gone. */
const endAgent = 'gpgconf --kill gpg-agent || true';

export const peers: readonly Peer[] = [
  {
    name: 'restic',
    command: 'restic',
    prepare: (folder) => restic(folder, ['init']),
    store: (source, folder) => restic(folder, ['backup', source]),
    restore: (source, folder, target) => shell('restic -q dump latest "$1" > "$2"; sync "$2"', [source, target], resticEnvironment(folder)),
  },
  {
    name: 'borg',
    command: 'borg',
    prepare: (folder) => borg(folder, ['init', '--encryption', 'repokey']),
    store: (source, folder) => borg(folder, ['create', '::one', source]),
    restore: (_source, folder, target) => shell('borg extract --stdout ::one > "$1"; sync "$1"', [target], borgEnvironment(folder)),
  },
  {
    name: 'gpg',
    command: 'gpg',
    prepare: (folder) => program('mkdir', ['-m', '700', '-p', folder]),
    store: (source, folder) =>
      shell(
        `${stream} | gpg --batch --yes --quiet --pinentry-mode loopback --passphrase-fd 3 -o "$2" -c 3<<END\n${passphrase}\nEND\nsync "$2"; ${endAgent}`,
        [source, join(folder, 'sealed')],
        {
          GNUPGHOME: folder,
        },
      ),
    restore: (_source, folder, target) =>
      shell(
        `gpg --batch --yes --quiet --pinentry-mode loopback --passphrase-fd 3 -o "$2" -d "$1" 3<<END\n${passphrase}\nEND\nsync "$2"; ${endAgent}`,
        [join(folder, 'sealed'), target],
        {
          GNUPGHOME: folder,
        },
      ),
  },
  {
    name: '7z',
    command: '7z',
    prepare: (folder) => program('mkdir', ['-p', folder]),
    store: (source, folder) =>
      shell(`7z a -bd -mx0 -mhe=on '-p${passphrase}' "$2" "$1" >/dev/null; sync "$2"`, [source, join(folder, 'sealed.7z')]),
    restore: (_source, folder, target) =>
      shell(`7z x -bd -so '-p${passphrase}' "$1" > "$2"; sync "$2"`, [join(folder, 'sealed.7z'), target]),
  },
  {
    name: 'age',
    command: 'age',
    prepare: (folder) => shell('mkdir -p "$1"; age-keygen -o "$1/key" 2>/dev/null; age-keygen -y "$1/key" > "$1/recipient"', [folder]),
    store: (source, folder) => shell(`${stream} | age -R "$2/recipient" -o "$2/sealed"; sync "$2/sealed"`, [source, folder]),
    restore: (_source, folder, target) => shell('age -d -i "$1/key" -o "$2" "$1/sealed"; sync "$2"', [folder, target]),
  },
];

/** Whether a peer can take part. */
export function isPresent({ command }: Peer): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, command)));
}

function resticEnvironment(folder: string): Record<string, string> {
  return { RESTIC_REPOSITORY: folder, RESTIC_PASSWORD: passphrase, RESTIC_CACHE_DIR: `${folder}-cache` };
}

function restic(folder: string, args: readonly string[]): Promise<void> {
  return program('restic', ['-q', ...args], resticEnvironment(folder));
}

function borgEnvironment(folder: string): Record<string, string> {
  return { BORG_REPO: folder, BORG_PASSPHRASE: passphrase, BORG_BASE_DIR: `${folder}-base` };
}

function borg(folder: string, args: readonly string[]): Promise<void> {
  return program('borg', args, borgEnvironment(folder));
}
