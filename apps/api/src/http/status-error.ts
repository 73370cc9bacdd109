/** An error that the problem filter answers with this status. */
export function statusError(status: number, says: string, cause?: unknown): Error {
  return Object.assign(new Error(says, { cause }), { status });
}
