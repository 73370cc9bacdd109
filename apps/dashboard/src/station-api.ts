import type { Problem } from '@boardwalk/contracts';

/** What the station refused, in its own words, with the fields that are wrong. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    detail: string,
    readonly code: string,
    readonly errors: NonNullable<Problem['errors']> = [],
    /** Seconds until the same may be asked again (`Retry-After`); null when the station does not say. */
    readonly retryAfter: number | null = null,
  ) {
    super(detail);
  }
}

/** An answer, with the tag that a change of it must name. */
export interface Tagged<Body> {
  readonly body: Body;
  readonly etag: string | null;
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Sent as JSON, or as it is when it is a file. */
  readonly body?: unknown;
  readonly ifMatch?: string | null | undefined;
}

const PATIENCE_MS = 30_000;

/** REST as one token; `onEnded` hears when the station no longer takes that token. */
export class StationApi {
  constructor(
    private readonly token: string | null,
    private readonly onEnded: (refusal: Refusal) => void = () => undefined,
  ) {}

  /** @throws Refusal when the station says no, TypeError when it cannot be reached */
  async call<Body>(path: string, { method = 'GET', body, ifMatch }: Call = {}): Promise<Tagged<Body>> {
    const file = body instanceof Blob;
    const answer = await fetch(`/api/v1${path}`, {
      method,
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined
          ? {}
          : { 'content-type': file ? 'application/octet-stream' : 'application/json' }),
        ...(ifMatch ? { 'if-match': ifMatch } : {}),
      },
      ...(body === undefined ? {} : { body: file ? body : JSON.stringify(body) }),
    });
    if (!answer.ok) {
      const refusal = await refusalOf(answer);
      if (answer.status === 401 && this.token !== null) this.onEnded(refusal);
      throw refusal;
    }
    const shown = answer.status === 204 ? null : ((await answer.json()) as unknown);
    return { body: shown as Body, etag: answer.headers.get('etag') };
  }

  async get<Body>(path: string): Promise<Body> {
    return (await this.call<Body>(path)).body;
  }

  /** Every item of a list, over all its pages. */
  async all<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    for (let cursor = ''; ;) {
      const page = await this.get<{ data: Item[]; nextCursor: string | null }>(`${path}?limit=500${cursor}`);
      items.push(...page.data);
      if (page.nextCursor === null) return items;
      cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
    }
  }
}

async function refusalOf(answer: Response): Promise<Refusal> {
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
  const problem = (await answer.json().catch(() => null)) as Problem | null;
  return new Refusal(
    answer.status,
    problem?.detail ?? `The station answered ${answer.status}.`,
    problem?.code ?? 'unknown',
    problem?.errors,
    Number.isFinite(seconds) ? seconds : null,
  );
}

/** Any failure of a call as one sentence; a refusal that ends by itself also says when. */
export function sentenceOf(failure: unknown, now = new Date()): string {
  if (!(failure instanceof Refusal)) return 'The station does not answer. Is it running?';
  if (failure.retryAfter === null) return failure.message;
  const at = new Date(now.getTime() + failure.retryAfter * 1000);
  return `${failure.message} Try again at ${at.toLocaleTimeString()}.`;
}
