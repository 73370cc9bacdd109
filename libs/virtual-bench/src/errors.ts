/** A request to the virtual bench that cannot be met, in one sentence. Has the fields of a refusal of ours. */
export class VirtualBenchError extends Error {
  /** The field of the request that is wrong, where it is one. */
  readonly field: string | null;
  readonly params: Readonly<Record<string, string>>;

  constructor(
    readonly code:
      'bench.spec' | 'bench.slot' | 'bench.storage' | 'bench.listen' | 'bench.control' | 'bench.no-request',
    message: string,
    readonly remedy: string | null = null,
    options?: ErrorOptions & { readonly field?: string },
  ) {
    super(message, options);
    this.field = options?.field ?? null;
    this.params = this.field === null ? {} : { field: this.field };
    this.name = 'VirtualBenchError';
  }
}
