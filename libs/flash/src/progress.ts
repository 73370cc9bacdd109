import { FlashError } from './errors.ts';

/** How far a long operation is. */
export interface FlashProgress {
  readonly phase: 'erase' | 'program' | 'verify' | 'dump';
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** What every long operation takes: who wants to know, and who may stop it. */
export interface Watch {
  readonly onProgress?: (progress: FlashProgress) => void;
  readonly signal?: AbortSignal;
}

/** @throws FlashError `flash.cancelled` once whoever watches has stopped the operation */
export function checkCancelled(watch: Watch, says: string, remedy = 'Start again.'): void {
  if (watch.signal?.aborted) throw new FlashError('flash.cancelled:step', { says, remedy });
}
