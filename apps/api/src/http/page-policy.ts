import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

/**
 * The Content-Security-Policy of the dashboard's pages (www.w3.org/TR/CSP3): nothing from elsewhere, and of the scripts
 * within a page only those that the build put there, known by their digests. So text that found its way into a page
 * cannot run, nor send a token away. Styles may stand in a page: React sets widths, the form library positions.
 * @param pages the folder with the pages as they were built
 */
export function pagePolicy(pages: string): string {
  const scripts = readdirSync(pages, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html'))
    .flatMap((name) => [...readFileSync(join(pages, name), 'utf8').matchAll(INLINE_SCRIPT)])
    .map(([, text = '']) => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`);
  return [
    "default-src 'self'",
    ['script-src', "'self'", ...new Set(scripts)].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
