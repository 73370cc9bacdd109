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
