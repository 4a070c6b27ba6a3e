import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** The window's place on the screen, in device-independent pixels. */
const bounds = z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int().min(1), height: z.number().int().min(1) });

/** What the app remembers between runs. Nothing of a vault's content is in it. */
export const settingsSchema = z.object({
  bounds: bounds.nullable().catch(null),
  maximized: z.boolean().catch(false),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
});
export type Settings = z.infer<typeof settingsSchema>;

/** A vault that was open once, most recent first. */
export const recentSchema = z.array(z.object({ id: z.uuid(), name: z.string().max(400), path: z.string().min(1) })).catch([]);
export type Recent = z.infer<typeof recentSchema>;

/** A small JSON file whose damage costs only what was in it: what cannot be read counts as absent. */
export interface JsonFile<T> {
  readonly read: () => T;
  readonly write: (value: T) => void;
}

/** @param empty what an absent or damaged file stands for; it goes through the schema, which fills in what is missing */
export function jsonFile<T>(path: string, schema: z.ZodType<T>, empty: unknown): JsonFile<T> {
  return {
    read() {
      const found = schema.safeParse(readJson(path));
      return found.success ? found.data : schema.parse(empty);
    },
    write: (value) => writeWhole(path, `${JSON.stringify(value, null, 1)}\n`),
  };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** Replaces the file in one step, so that a crash leaves the old or the new one. A full disk loses a setting, not the app. */
function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${randomUUID()}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    try {
      writeFileSync(temporary, text, { flush: true });
      renameSync(temporary, path);
    } finally {
      rmSync(temporary, { force: true });
    }
  } catch {
    // The app goes on with what it has in memory.
  }
}
