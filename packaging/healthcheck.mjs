// Whether the station in this container answers: exit 0 or 1. Used by the image's HEALTHCHECK.
const { BOARDWALK_HOST: host = '', BOARDWALK_PORT: port = '' } = process.env;
// A station that listens everywhere is asked on loopback.
const asked = ['', '0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
const url = `http://${asked.includes(':') ? `[${asked}]` : asked}:${port === '' ? 4800 : port}/healthz`;

try {
  const { ok, status } = await fetch(url, { signal: AbortSignal.timeout(4000) });
  if (!ok) console.error(`${url} answers ${status}.`);
  process.exit(ok ? 0 : 1);
} catch (cause) {
  console.error(`${url} does not answer: ${cause instanceof Error ? cause.message : cause}.`);
  process.exit(1);
}
