import { nameOfControl } from '../../../shared/domain/control.ts';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import { evidenceLabel } from '../../../shared/domain/evidence.ts';
import { controlKey } from '../../../shared/domain/ids.ts';
import type { AuditControl } from '../audit-repo.ts';
import { writableName } from '../evidence/names.ts';

/** Where each piece of a body of evidence lies: by checklist and control, under names that people can read. */

export interface PlacedEvidence {
  readonly evidence: Evidence;
  /** Relative paths with `/`; the first one is written, the others are the same bytes. */
  readonly paths: readonly string[];
  /** `checklist/control` of every control it speaks for. */
  readonly controls: readonly string[];
  /** Labels of the newer revision, of the one it replaced, and of what it was made from; empty where there is none. */
  readonly replacedBy: string;
  readonly replaces: string;
  readonly madeFrom: string;
}

/** Characters of a folder's and of a file's name; together they stay below the 260 that some programs on Windows still take. */
const longestFolder = 80;
const longestName = 110;
/** Bytes of a folder's name, which may get a number to tell it from another one. */
const folderBytes = 240;

/** Names that Windows keeps for devices, whatever extension follows. */
const reserved = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

const unlinkedFolder = 'not linked';

/**
 * Every piece of evidence at every control it is linked to; what is linked to none has a folder of its own. `all` is the audit's
 * evidence, of which some may stay out.
 */
export function placeEvidence(
  evidence: readonly Evidence[],
  controls: readonly AuditControl[],
  all: readonly Evidence[],
): PlacedEvidence[] {
  const folders = controlFolders(controls);
  const labels = new Map<string, string>(all.map(({ id, number }) => [id, evidenceLabel(number)]));
  const labelOf = (id: string) => labels.get(id) ?? '';
  return evidence.map((item) => {
    const name = writableName(`${evidenceLabel(item.number)} ${item.originalName}`, longestName);
    const found = item.controls.flatMap((control) => {
      const folder = folders.get(controlKey(control));
      return folder === undefined ? [] : [{ key: controlKey(control), folder }];
    });
    const places = found.length === 0 ? [unlinkedFolder] : found.map(({ folder }) => folder);
    return {
      evidence: item,
      paths: places.map((place) => `${place}/${name}`),
      controls: found.map(({ key }) => key),
      replacedBy: labelOf(item.supersededBy),
      replaces: labelOf(item.supersedes),
      madeFrom: labelOf(item.derivedFrom),
    };
  });
}

/** One folder a control: its citation and title, cut to a length that every file system takes, and never two the same. */
function controlFolders(controls: readonly AuditControl[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    controls.map(({ packId, control }) => {
      const wanted = safeFolderName([nameOfControl(control), control.title].join(' '));
      let folder = `${safeFolderName(packId)}/${wanted}`;
      // File systems that ignore case must not join two folders.
      for (let count = 2; taken.has(folder.toLowerCase()); count += 1) folder = `${safeFolderName(packId)}/${wanted} (${count})`;
      taken.add(folder.toLowerCase());
      return [controlKey({ packId, controlId: control.id }), folder];
    }),
  );
}

function safeFolderName(text: string): string {
  const cut = [...text.replace(/[\\/]/g, '-')].slice(0, longestFolder).join('');
  const name = writableName(cut, longestFolder, folderBytes);
  return reserved.test(name) ? `${name}_` : name;
}
