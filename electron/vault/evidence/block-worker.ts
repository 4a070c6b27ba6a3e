import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { chunkSize, openChunk, releaseMemory, sealChunk } from '../crypto/chunks.ts';
import { type BlockJob, type BlockMessage, type BlockReply, type BlockResult, chunkLengths, memoryOf, sealedMemoryOf } from './blocks.ts';

// A thread that hashes, seals or opens the blocks of one large object, in memory it shares with the vault's thread. What it does is
// the first it is told, because it may have been started before there was an object.

let job: BlockJob | null = null;
const hash = createHash('sha256');

parentPort?.on('message', (message: BlockJob | BlockMessage) => {
  if (typeof message === 'object' && 'does' in message) {
    job = message;
    return;
  }
  if (job === null) throw new Error('There is no job');
  const reply: BlockReply = message === 'digest' ? { digest: hash.digest('hex') } : work(job, message);
  parentPort?.postMessage(reply);
});

/** Does the block. */
function work(job: BlockJob, request: Exclude<BlockMessage, 'digest'>): BlockResult {
  const content = memoryOf(job.blocks, request.block);
  if (job.does === 'hash') {
    hash.update(content.subarray(0, request.length));
    return { damaged: null };
  }
  const lengths = chunkLengths(request.length);
  for (const [index, length] of lengths.entries()) {
    const position = request.first + index;
    const place = { objectId: job.objectId, index: position, final: request.final && index === lengths.length - 1 };
    const clear = content.subarray(index * chunkSize, index * chunkSize + length);
    if (job.does === 'seal') sealChunk(job.key, place, clear, sealedMemoryOf(job.sealed, request.block, index, length));
    else {
      const noise = request.sealed[index] ?? new Uint8Array();
      if (!openChunk(job.key, place, noise, clear)) return { damaged: position };
      releaseMemory(noise);
    }
  }
  return { damaged: null };
}
