import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { chunkSize, chunkTagLength, openChunkInto, releaseMemory, sealChunkInto } from '../crypto/chunks.ts';
import { type BlockJob, type BlockMessage, type BlockReply, chunkLengths, plainOf, sealedOf, sealedStride } from './blocks.ts';

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
  const reply: BlockReply = message === 'digest' ? { digest: hash.digest('hex') } : { block: message.block, damaged: work(job, message) };
  parentPort?.postMessage(reply);
});

/** Does the block. Returns the position of a damaged chunk, or null. */
function work(job: BlockJob, request: Exclude<BlockMessage, 'digest'>): number | null {
  const content = plainOf(job.blocks, request.block);
  if (job.does === 'hash') {
    hash.update(content.subarray(0, request.length));
    return null;
  }
  const sealed = sealedOf(job.blocks, request.block);
  const lengths = chunkLengths(request.length);
  for (const [index, length] of lengths.entries()) {
    const position = request.first + index;
    const place = { objectId: job.objectId, index: position, final: request.final && index === lengths.length - 1 };
    const clear = content.subarray(index * chunkSize, index * chunkSize + length);
    if (job.does === 'seal')
      sealChunkInto(job.key, place, clear, sealed.subarray(index * sealedStride, index * sealedStride + length + chunkTagLength));
    else {
      const noise = request.sealed[index] ?? new Uint8Array();
      if (!openChunkInto(job.key, place, noise, clear)) return position;
      releaseMemory(noise);
    }
  }
  return null;
}
