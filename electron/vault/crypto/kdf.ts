import { hashRaw } from '@node-rs/argon2';

/** Argon2id parameters (RFC 9106), stored beside each slot so that they can be raised later. */
export interface KdfParameters {
  readonly name: 'argon2id';
  readonly memoryKiB: number;
  readonly iterations: number;
  readonly parallelism: number;
}

/** `Algorithm.Argon2id` of the library, whose constant enum cannot be imported in isolation. */
const argon2id = 2;

/** What new slots get: 256 MiB, three passes, four lanes. */
export const defaultKdf: KdfParameters = { name: 'argon2id', memoryKiB: 256 * 1024, iterations: 3, parallelism: 4 };

/** Tried in turn when the machine cannot give the memory of the default. The last one is the floor. */
const lighterKdfs: readonly KdfParameters[] = [
  { name: 'argon2id', memoryKiB: 128 * 1024, iterations: 5, parallelism: 4 },
  { name: 'argon2id', memoryKiB: 64 * 1024, iterations: 8, parallelism: 4 },
];

/** The most a stored slot may ask for, so that a planted header cannot exhaust the machine. */
const ceiling = { memoryKiB: 4 * 1024 * 1024, iterations: 64, parallelism: 64 };

/** Whether parameters read from a header are ones we are willing to run. */
export function isAcceptableKdf(parameters: KdfParameters): boolean {
  return (
    parameters.name === 'argon2id' &&
    inRange(parameters.memoryKiB, 8, ceiling.memoryKiB) &&
    inRange(parameters.iterations, 1, ceiling.iterations) &&
    inRange(parameters.parallelism, 1, ceiling.parallelism)
  );
}

function inRange(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}

/**
 * Stretches a passphrase to a 32-byte key-encryption key. The passphrase is normalised (NFKC), so that the same words
 * typed on another keyboard open the vault too.
 */
export async function stretch(passphrase: string, salt: Uint8Array, parameters: KdfParameters): Promise<Buffer> {
  return hashRaw(Buffer.from(passphrase.normalize('NFKC'), 'utf8'), {
    algorithm: argon2id,
    salt,
    memoryCost: parameters.memoryKiB,
    timeCost: parameters.iterations,
    parallelism: parameters.parallelism,
    outputLen: 32,
  });
}

/** Stretches with the wanted parameters, or with lighter ones when memory is short; says which were used. */
export async function stretchForNewSlot(
  passphrase: string,
  salt: Uint8Array,
  wanted: KdfParameters,
  run: typeof stretch = stretch,
): Promise<{ key: Buffer; parameters: KdfParameters }> {
  const lighter = lighterKdfs.filter((kdf) => kdf.memoryKiB < wanted.memoryKiB);
  let parameters = wanted;
  for (const next of lighter) {
    try {
      return { key: await run(passphrase, salt, parameters), parameters };
    } catch {
      // Not enough memory for these parameters; the next ones trade memory for passes.
      parameters = next;
    }
  }
  return { key: await run(passphrase, salt, parameters), parameters };
}
