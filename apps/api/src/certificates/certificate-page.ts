import type { Assessment, Certificate, CertificateBody } from '@boardwalk/contracts';
import type { QrCode } from './qr-code.ts';
import { PAGE_STYLE } from './page-style.ts';

/** Findings on the page, the heaviest first: with more it would have a second one. The file has all of them. */
const MOST_FINDINGS = 6;
const MOST_RANGES = 4;
const MOST_PATCHES = 3;

type Line = readonly [name: string, value: string | number | null];

/** One page of A4 for people. It loads nothing, so that it prints the same without the station. */
export function certificatePage(
  { certificate, signature }: Certificate,
  timeZone: string,
  draw: QrCode,
): string {
  const { board, run, image, recipe, record, station } = certificate;
  const title = `Certificate of board ${board.serial ?? board.number}`;
  const time = (at: string | null): string | null => (at === null ? null : timeIn(at, timeZone));
  const code = qrText(certificate, signature);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${PAGE_STYLE}</style></head><body>
<header><div><h1>${escaped(title)}</h1><p class="says">${escaped(certificate.says)}</p></div><div class="qr">${draw(code)}</div></header>
<div class="columns">
${part('Board', [
  ['Number', board.number],
  ['Serial', board.serial],
  ['Unique id', board.uid],
  ['Device id', board.deviceId],
  ['DPIDR', board.dpidr],
  ['Reference', board.reference],
])}
${part('Run', [
  ['Run', run.id],
  ['Outcome', run.outcome],
  ['Started', time(run.startedAt)],
  ['Ended', time(run.finishedAt)],
  ['Attempt', run.attempt],
  ['Slot', run.slot],
  ['Operator', run.operator],
  ['Work order', run.workOrder],
  ['Lot', run.lot],
  ['Supplier of the chips', run.supplier],
])}
</div>
${part('Image and flash', [
  ['Image', image.name],
  ['SHA-256 of the image', image.sha256],
  ['SHA-256 of its file', image.fileSha256],
  ['Method', methodOf(certificate)],
  ...rangesOf(certificate),
  ['SHA-256 of all flash before', certificate.dumpBeforeSha256],
  ['SHA-256 of all flash after', certificate.dumpAfterSha256],
  ['Bytes of this board', patchesOf(certificate)],
])}
${part('Recipe', [
  ['Recipe', `${recipe.name}, revision ${recipe.revision}`],
  ['Author', recipe.author],
  ...recipe.signatures.map(({ action, by, at, reason }): Line => [
    action === 'release' ? 'Released' : 'Retired',
    `${by}, ${timeIn(at, timeZone)}${reason === null ? '' : `: ${reason}`}`,
  ]),
])}
${evidence(certificate.assessment)}
${part('Record and signature', [
  ['Station', `${station.name} (${station.id})`],
  ['Issued', time(certificate.issuedAt)],
  ['End of the run in the chain', record.runEnd && `${record.runEnd.id} ${record.runEnd.hash}`],
  ['Last row of the chain', `${record.head.id} ${record.head.hash}`],
  ['Generation', record.generation],
  ['SHA-256 of the certificate', signature.sha256],
  ['Key (Ed25519)', signature.id],
  ['Signature', signature.value],
])}
<footer>To check: boardwalk certificate verify FILE, with the JSON of this certificate. It must state the same SHA-256.</footer>
</body></html>
`;
}

/** The text of the QR code: enough to compare the page with the file that it was printed from. */
export function qrText(
  { board, run }: CertificateBody,
  { id, sha256, value }: Certificate['signature'],
): string {
  return `BOARDWALK-CERTIFICATE 1\nboard ${board.number}\nrun ${run.id}\nsha256 ${sha256}\nkey ${id}\nsignature ${value}`;
}

function part(title: string, lines: readonly Line[]): string {
  const rows = lines
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `<tr><th>${escaped(name)}</th><td>${escaped(String(value))}</td></tr>`);
  return `<section><h2>${escaped(title)}</h2><table>${rows.join('')}</table></section>`;
}

function methodOf({ verify }: CertificateBody): string {
  return verify.sampledPages === 0
    ? verify.method
    : `${verify.method}, ${verify.sampledPages} pages were read too`;
}

function rangesOf({ verify: { ranges } }: CertificateBody): Line[] {
  const shown = ranges
    .slice(0, MOST_RANGES)
    .map(({ address, bytes, sha256 }): Line => [`${address}, ${bytes} bytes`, sha256]);
  const more = ranges.length - shown.length;
  return more === 0 ? shown : [...shown, ['More ranges', `${more}, in the file`]];
}

function patchesOf({ patches }: CertificateBody): string {
  const shown = patches
    .slice(0, MOST_PATCHES)
    .map(({ address, value, hex }) => `${address}: ${value} (${hex})`);
  const more = patches.length - shown.length;
  return [...shown, ...(more === 0 ? [] : [`${more} more in the file`])].join('; ');
}

function evidence(assessment: Assessment | null): string {
  if (assessment === null) return part('Identity', [['Verdict', 'No identity was read in this run.']]);
  const { verdict, resembles, strength, summary, findings } = assessment;
  const shown = [...findings]
    .sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight))
    .slice(0, MOST_FINDINGS);
  const rows = shown.map(
    ({ id, read, expected, why }) =>
      `<tr>${[id, read, expected, why].map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
  );
  const more = findings.length - shown.length;
  const words = [verdict, strength && `strength ${strength}`, resembles && `resembles ${resembles}`].filter(
    Boolean,
  );
  return `${part('Identity', [
    ['Verdict', words.join(', ')],
    ['Summary', summary],
  ])}
<table class="evidence"><tr><th>Finding</th><th>Read</th><th>Expected of ST</th><th>Why</th></tr>${rows.join('')}</table>
${more > 0 ? `<p class="more">More findings in the file: ${more}.</p>` : ''}`;
}

/** `2026-11-27 14:05:09 Europe/Berlin`. */
function timeIn(at: string, timeZone: string): string {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return `${shown.format(new Date(at))} ${timeZone}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);
}
