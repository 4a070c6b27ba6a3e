// The licences of everything that ships, from the installed production packages.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inProject } from './project.mjs';

/**
 * Name, version and licence of every production package, sorted by name.
 * @returns {{ name: string, version: string, licence: string }[]}
 */
export function collectLicences() {
  /** @type {Record<string, { version?: string, license?: string, dev?: boolean, devOptional?: boolean }>} */
  const packages = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')).packages;
  const shipped = Object.entries(packages).filter(([path, entry]) => path !== '' && entry.dev !== true && entry.devOptional !== true);
  const rows = shipped.flatMap(([path, entry]) => {
    const manifestFile = inProject(path, 'package.json');
    if (!existsSync(manifestFile)) return [];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return [{ name, version: entry.version ?? '', licence: entry.license ?? licenceOf(manifestFile) }];
  });
  const unique = new Map(rows.map((row) => [`${row.name}@${row.version}`, row]));
  return [...unique.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** A package that states no licence but comes with the text of one. @param {string} folder */
function licenceOfText(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
  return text.includes('Permission is hereby granted, free of charge') ? 'MIT' : 'unknown';
}

/** @param {string} manifestFile */
function licenceOf(manifestFile) {
  const { license, licenses } = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const first = license ?? licenses?.[0];
  return typeof first === 'string' ? first : (first?.type ?? licenceOfText(dirname(manifestFile)));
}
