import type { MenuItemConstructorOptions } from 'electron';
import { Menu } from 'electron';
import { messages } from './messages.ts';

/** What a menu item asks the window to do; sent as the `command` of a shell event. */
export type MenuCommand = 'new-vault' | 'open-vault' | 'verify-report' | 'lock' | 'find' | 'settings' | 'shortcuts' | 'about';

/** Puts the native menu in place. Locking is done by main itself, also when the window hangs. */
export function installMenu(send: (command: MenuCommand) => void, lock: () => void): void {
  const text = messages.menu;
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label,
    click: () => send(command),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: text.file,
        submenu: [
          item(text.newVault, 'new-vault', 'CmdOrCtrl+Shift+N'),
          item(text.openVault, 'open-vault', 'CmdOrCtrl+O'),
          item(text.verifyReport, 'verify-report'),
          separator,
          item(text.settings, 'settings', 'CmdOrCtrl+,'),
          { id: 'lock', label: text.lock, accelerator: 'CmdOrCtrl+Shift+L', click: lock },
          separator,
          { label: text.quit, role: 'quit' },
        ],
      },
      {
        label: text.edit,
        submenu: [
          { label: text.undo, role: 'undo' },
          { label: text.redo, role: 'redo' },
          separator,
          { label: text.cut, role: 'cut' },
          { label: text.copy, role: 'copy' },
          { label: text.paste, role: 'paste' },
          { label: text.selectAll, role: 'selectAll' },
          separator,
          item(text.find, 'find', 'CmdOrCtrl+F'),
        ],
      },
      {
        label: text.view,
        submenu: [
          { label: text.zoomIn, role: 'zoomIn' },
          { label: text.zoomOut, role: 'zoomOut' },
          { label: text.zoomReset, role: 'resetZoom' },
          separator,
          { label: text.fullScreen, role: 'togglefullscreen' },
        ],
      },
      { label: text.help, role: 'help', submenu: [item(text.shortcuts, 'shortcuts'), item(text.about, 'about')] },
    ]),
  );
}
