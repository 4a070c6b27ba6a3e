// How the app is packaged. build/dist.mjs says which Electron to take.
const { rmSync } = require('node:fs');
const { join } = require('node:path');

const electronVersion = process.env.SEALBOOK_ELECTRON_VERSION;
/** The fuse came with Electron 29; an older one refuses to have it set. */
const hasFileProtocolFuse = electronVersion === undefined || Number.parseInt(electronVersion, 10) >= 29;

module.exports = {
  appId: 'org.sealbook.app',
  productName: 'Sealbook',
  executableName: 'sealbook',
  copyright: 'The Sealbook authors, AGPL-3.0-only',
  directories: { app: 'out/app', output: 'out/dist', buildResources: 'build/resources' },
  asar: true,
  // Native code has to be a file of its own to be loaded.
  asarUnpack: ['**/*.node'],
  files: ['**/*'],
  npmRebuild: false,
  nodeGypRebuild: false,
  buildDependenciesFromSource: false,
  publish: null,
  ...(electronVersion === undefined ? {} : { electronVersion }),
  // The development runtime has a link to the project where the app's folder would be; the packaged app is in app.asar.
  afterPack: (/** @type {{ appOutDir: string }} */ { appOutDir }) =>
    rmSync(join(appOutDir, 'resources/app'), { recursive: true, force: true }),
  electronLanguages: ['en-US'],
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    onlyLoadAppFromAsar: true,
    enableEmbeddedAsarIntegrityValidation: true,
    ...(hasFileProtocolFuse ? { grantFileProtocolExtraPrivileges: false } : {}),
    resetAdHocDarwinSignature: true,
  },
  linux: { target: ['dir'], category: 'Office', synopsis: 'Offline compliance auditor' },
  win: { target: ['nsis'] },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  mac: { target: ['dmg'], category: 'public.app-category.business', hardenedRuntime: true, gatekeeperAssess: false },
};
