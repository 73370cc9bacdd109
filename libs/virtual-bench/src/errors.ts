/** A request to the virtual bench that cannot be met, in one sentence. */
export class VirtualBenchError extends Error {
  constructor(
    readonly code:
      | 'bench.spec'
      | 'bench.slot'
      | 'bench.closed'
      | 'bench.storage'
      | 'bench.listen'
      | 'bench.control'
      | 'bench.no-request',
    message: string,
    readonly remedy: string | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'VirtualBenchError';
  }
}
