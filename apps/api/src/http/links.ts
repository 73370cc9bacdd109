import type { Response } from 'express';

/** RFC 8288: where a list goes on. */
export function linkNext(response: Response, cursor: string | null): void {
  if (cursor === null) return;
  const url = new URL(response.req.originalUrl, 'http://station');
  url.searchParams.set('cursor', cursor);
  response.setHeader('Link', `<${url.pathname}${url.search}>; rel="next"`);
}
