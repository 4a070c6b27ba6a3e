import { EventEmitter } from 'node:events';
import type { WebFrameMain } from 'electron';
import { vi } from 'vitest';

/**
 * The part of Electron that the shell uses, played without Chromium. Put in its place with
 * `vi.mock('electron', () => import('./fake-electron.ts'))`; tests then look at what was registered and send events.
 */

/** One frame of a page, as a sender of messages. */
export function frame(url: string, more: { parent?: WebFrameMain; processId?: number } = {}): WebFrameMain {
  return { url, parent: more.parent ?? null, processId: more.processId ?? 1, routingId: 1 } as unknown as WebFrameMain;
}

export class FakeContents extends EventEmitter {
  readonly sent: unknown[][] = [];
  readonly posted: { channel: string; ports: readonly unknown[] }[] = [];
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  destroyed = false;
  readonly print = vi.fn();
  readonly reload = vi.fn();
  send(...message: unknown[]): void {
    this.sent.push(message);
  }
  postMessage(channel: string, _message: unknown, ports: readonly unknown[]): void {
    this.posted.push({ channel, ports });
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly opened: BrowserWindow[] = [];
  readonly options: Record<string, unknown>;
  readonly webContents = new FakeContents();
  readonly loadURL = vi.fn(() => Promise.resolve());
  readonly show = vi.fn();
  readonly maximize = vi.fn();
  readonly restore = vi.fn();
  readonly minimize = vi.fn();
  readonly focus = vi.fn();
  minimized = false;
  maximized = false;
  destroyed = false;
  bounds = { x: 1, y: 2, width: 900, height: 700 };
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    BrowserWindow.opened.push(this);
  }
  isDestroyed = () => this.destroyed;
  isMinimized = () => this.minimized;
  isMaximized = () => this.maximized;
  getNormalBounds = () => this.bounds;
}

/** A forked process. It has no process id before `start`, as in Electron. */
export class FakeChild extends EventEmitter {
  static readonly forked: FakeChild[] = [];
  static nextPid = 100;
  readonly posted: { message: Record<string, unknown>; ports: readonly unknown[] }[] = [];
  readonly kill = vi.fn(() => this.end());
  readonly path: string;
  readonly options: { env: Record<string, string> };
  pid: number | undefined;
  constructor(path: string, options: { env: Record<string, string> }) {
    super();
    this.path = path;
    this.options = options;
    FakeChild.forked.push(this);
  }
  postMessage(message: Record<string, unknown>, ports: readonly unknown[] = []): void {
    this.posted.push({ message, ports });
    // As the vault process does at once, whatever else it is busy with.
    if (message.type === 'ping') queueMicrotask(() => this.emit('message', { type: 'pong', id: message.id }));
  }
  start(): this {
    this.pid = FakeChild.nextPid;
    FakeChild.nextPid += 1;
    this.emit('spawn');
    return this;
  }
  end(code = 0): void {
    this.pid = undefined;
    this.emit('exit', code);
  }
  /** What was posted with this type, in order. */
  ofType(type: string): Record<string, unknown>[] {
    return this.posted.map(({ message }) => message).filter((message) => message.type === type);
  }
}

export const utilityProcess = {
  fork: (path: string, _arguments: readonly string[], options: { env: Record<string, string> }) => new FakeChild(path, options),
};

export class MessageChannelMain {
  readonly port1 = { end: 'page' };
  readonly port2 = { end: 'vault' };
}

type PermissionDetails = { readonly isMainFrame: boolean; readonly requestingUrl?: string };

class FakeSession extends EventEmitter {
  permissionRequest: (contents: unknown, permission: string, answer: (granted: boolean) => void, details: PermissionDetails) => void =
    () => {};
  permissionCheck: (contents: unknown, permission: string, origin: string, details: PermissionDetails) => boolean = () => true;
  devicePermission: (details: object) => boolean = () => true;
  beforeRequest: (details: { url: string }, answer: (response: { cancel: boolean }) => void) => void = () => {};
  served = new Map<string, (request: Request) => Promise<Response>>();
  readonly setSpellCheckerEnabled = vi.fn();
  readonly webRequest = {
    onBeforeRequest: (listener: FakeSession['beforeRequest']) => {
      this.beforeRequest = listener;
    },
  };
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => this.served.set(scheme, handler),
  };
  setPermissionRequestHandler(handler: FakeSession['permissionRequest']): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: FakeSession['permissionCheck']): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: FakeSession['devicePermission']): void {
    this.devicePermission = handler;
  }
}

export const session = { defaultSession: new FakeSession() };
export const protocol = { registerSchemesAsPrivileged: vi.fn() };
export const dialog = { showOpenDialog: vi.fn(), showSaveDialog: vi.fn() };
export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false };
export const powerMonitor = new EventEmitter();
export const desktopCapturer = { getSources: vi.fn() };
export const systemPreferences = { getMediaAccessStatus: vi.fn(() => 'granted') };
export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 }, size: { width: 1920, height: 1080 }, scaleFactor: 1.5 }],
};

type InvokeHandler = (event: { senderFrame: WebFrameMain | null }, payload: unknown) => Promise<unknown>;
export const ipcMain = Object.assign(new EventEmitter(), {
  handlers: new Map<string, InvokeHandler>(),
  handle(channel: string, handler: InvokeHandler): void {
    ipcMain.handlers.set(channel, handler);
  },
});

/** A menu item as it was asked for. */
export interface MenuItem {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly accelerator?: string;
  readonly click?: () => void;
  readonly submenu?: readonly MenuItem[];
}

export const Menu = {
  items: [] as readonly MenuItem[],
  buildFromTemplate: (template: readonly MenuItem[]) => template,
  setApplicationMenu(template: readonly MenuItem[]): void {
    Menu.items = template;
  },
};

export const app = Object.assign(new EventEmitter(), {
  paths: new Map<string, string>(),
  switches: new Map<string, string>(),
  commandLine: {
    appendSwitch: (name: string, value = '') => app.switches.set(name, value),
    hasSwitch: (name: string) => app.switches.has(name),
  },
  setPath: (name: string, path: string) => app.paths.set(name, path),
  getPath: (name: string) => app.paths.get(name) ?? '',
  getVersion: () => '1.2.3',
  whenReady: () => Promise.resolve(),
  requestSingleInstanceLock: vi.fn(() => true),
  enableSandbox: vi.fn(),
  quit: vi.fn(),
  exit: vi.fn(),
});

export const contextBridge = { exposeInMainWorld: vi.fn() };
export const ipcRenderer = Object.assign(new EventEmitter(), {
  send: vi.fn(),
  invoke: vi.fn((..._message: unknown[]) => Promise.resolve()),
});

/** Forgets everything that was registered, opened and forked. Killing a fake process by its id ends it. */
export function resetElectron(): void {
  for (const emitter of [app, ipcMain, ipcRenderer, powerMonitor]) emitter.removeAllListeners();
  session.defaultSession = new FakeSession();
  ipcMain.handlers.clear();
  app.paths.clear();
  app.switches.clear();
  Menu.items = [];
  BrowserWindow.opened.length = 0;
  FakeChild.forked.length = 0;
  nativeTheme.themeSource = 'system';
  nativeTheme.shouldUseDarkColors = false;
  vi.restoreAllMocks();
  for (const mock of [app.enableSandbox, app.quit, app.exit, ipcRenderer.send, ipcRenderer.invoke, contextBridge.exposeInMainWorld])
    mock.mockClear();
  app.requestSingleInstanceLock.mockReset().mockReturnValue(true);
  dialog.showOpenDialog.mockReset();
  dialog.showSaveDialog.mockReset();
  protocol.registerSchemesAsPrivileged.mockClear();
  vi.spyOn(process, 'kill').mockImplementation((pid) => {
    const child = FakeChild.forked.find((forked) => forked.pid === pid);
    if (child === undefined) throw new Error('ESRCH');
    child.end(1);
    return true;
  });
}

/** The newest window. */
export function lastWindow(): BrowserWindow {
  const window = BrowserWindow.opened.at(-1);
  if (window === undefined) throw new Error('No window was opened');
  return window;
}

/** The newest forked process. */
export function lastChild(): FakeChild {
  const child = FakeChild.forked.at(-1);
  if (child === undefined) throw new Error('No process was forked');
  return child;
}

/** Calls a shell method as the page would, from a frame of the page's own address unless another is given. */
export function callShell(name: string, payload?: unknown, from: WebFrameMain | null = frame('app://sealbook/')): Promise<unknown> {
  const handler = ipcMain.handlers.get(`shell:${name}`);
  if (handler === undefined) throw new Error(`Nothing answers ${name}`);
  return handler({ senderFrame: from }, payload);
}

/** The item of the native menu with this command. */
export function menuItem(id: string, items = Menu.items): MenuItem | undefined {
  return items.flatMap((item) => [item, ...(item.submenu ?? [])]).find((item) => item.id === id);
}
