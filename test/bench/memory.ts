import { readFileSync, writeFileSync } from 'node:fs';
import { benchVault } from './vault.ts';

// Seals one file and prints how many MiB the process grew at the most while it did. Arguments: a folder for the vault, the file.
const [folder = '', source = ''] = process.argv.slice(2);

const vault = await benchVault(folder);
// What every first call loads is not growth.
const warm = `${folder}.warm`;
writeFileSync(warm, 'warm');
await vault.attach([warm]);
global.gc?.();
const before = process.memoryUsage.rss();
let highest = before;
// On Linux the kernel keeps the highest value itself, once it is told to begin anew.
const kernelCounts = resetPeak();
const timer = setInterval(() => {
  highest = Math.max(highest, process.memoryUsage.rss());
}, 10);
await vault.attach([source]);
clearInterval(timer);
if (kernelCounts) highest = Math.max(highest, peak());
vault.close();
process.stdout.write(String((highest - before) / 1024 / 1024));

function resetPeak(): boolean {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
    return true;
  } catch {
    return false;
  }
}

function peak(): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024;
}
