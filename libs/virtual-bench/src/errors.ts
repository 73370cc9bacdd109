/** A request to the virtual bench that cannot be met, in one sentence. */
export class VirtualBenchError extends Error {
  /** The field of the request that is wrong, where it is one. */
  readonly field: string | null;

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
    options?: ErrorOptions & { readonly field?: string },
  ) {
    super(message, options);
    this.field = options?.field ?? null;
    this.name = 'VirtualBenchError';
  }
}
