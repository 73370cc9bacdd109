import { createHash } from 'node:crypto';
import type { Image } from './image.ts';

/** SHA-256 over the segments in order: address and length of each as u32, high byte first, then its bytes. */
export function imageIdOf({ segments }: Pick<Image, 'segments'>): string {
  const hash = createHash('sha256');
  const head = Buffer.alloc(8);
  for (const { address, data } of segments) {
    head.writeUInt32BE(address, 0);
    head.writeUInt32BE(data.length, 4);
    hash.update(head).update(data);
  }
  return hash.digest('hex');
}
