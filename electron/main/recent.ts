import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { RecentVault } from '../../shared/ipc/shell.ts';
import { shortened } from './dialogs.ts';
import type { JsonFile, Recent } from './settings.ts';

const most = 12;

/** The list of vaults that were open once. Paths stay here; the window gets ids and shortened places. */
export interface RecentVaults {
  readonly list: () => RecentVault[];
  readonly pathOf: (id: string) => string | null;
  readonly forget: (id: string) => void;
  /** Puts a vault at the top; one that is known keeps its id. */
  readonly remember: (path: string, name: string) => void;
}

export function createRecentVaults(file: JsonFile<Recent>): RecentVaults {
  return {
    list: () => file.read().map(({ id, name, path }) => ({ id, name: name === '' ? basename(path) : name, place: shortened(path) })),
    pathOf: (id) => file.read().find((vault) => vault.id === id)?.path ?? null,
    forget: (id) => file.write(file.read().filter((vault) => vault.id !== id)),
    remember(path, name) {
      const vaults = file.read();
      const known = vaults.find((vault) => vault.path === path);
      const others = vaults.filter((vault) => vault.path !== path);
      file.write([{ id: known?.id ?? randomUUID(), name, path }, ...others].slice(0, most));
    },
  };
}
