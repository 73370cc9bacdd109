import type { Certificate } from '@boardwalk/contracts';
import { certificatePage, qrText } from './certificate-page.ts';
import { certificateToPrint } from '../testing/certificate-to-print.ts';

const page = (certificate: Certificate): string => certificatePage(certificate, 'Europe/Berlin', () => '');

test('the page says method, hashes, recipe and signatures, verdict with evidence, and the hash of the chain', () => {
  const shown = certificateToPrint();
  const html = page(shown);
  const { image, verify, record, dumpAfterSha256, recipe } = shown.certificate;
  const sought = [
    ...['digest, 4 pages were read too', image.sha256, image.fileSha256!, dumpAfterSha256!],
    ...[verify.ranges[0]!.sha256, `${recipe.name}, revision 3`, 'A. Weber', 'consistent', 'ROM_PID'],
    ...[record.runEnd!.hash, record.head.hash, shown.signature.sha256, shown.signature.value],
  ];
  for (const text of sought) expect(html).toContain(text);
});

test('times are in the zone of the plant, with its name', () => {
  expect(page(certificateToPrint())).toContain('2026-11-27 12:00:00 Europe/Berlin');
});

test('nothing that a person typed is read as HTML, and the page loads nothing', () => {
  const shown = certificateToPrint();
  shown.certificate.board.serial = '<script>alert("1")</script>';
  const html = page(shown);
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
  expect(html).not.toMatch(/\b(?:src|href)=|url\(|@import/);
});

test('with many findings, ranges and patches the page stays one page, and says how many are in the file', () => {
  const shown = certificateToPrint();
  const { assessment, verify } = shown.certificate;
  const [finding, range] = [assessment!.findings[0]!, verify.ranges[0]!];
  assessment!.findings = Array.from({ length: 30 }, (_, index) => ({
    ...finding,
    id: `F${index}`,
    weight: index,
  }));
  verify.ranges = Array.from({ length: 9 }, () => range);
  const patch = shown.certificate.patches[0]!;
  shown.certificate.patches = Array.from({ length: 7 }, () => patch);
  const html = page(shown);
  expect(html.match(/<td>F\d+<\/td>/g)).toHaveLength(6);
  expect(html).toContain('<td>F29</td>');
  expect(html).toContain('More findings in the file: 24.');
  expect(html).toContain('5, in the file');
  expect(html).toContain('4 more in the file');
});

test('the code to scan states the digest and the signature, and it is drawn on the page', () => {
  const shown = certificateToPrint();
  const drawn: string[] = [];
  const html = certificatePage(shown, 'UTC', (text) => {
    drawn.push(text);
    return '<svg></svg>';
  });
  expect(html).toContain('<div class="qr"><svg></svg></div>');
  expect(drawn).toEqual([qrText(shown.certificate, shown.signature)]);
  for (const part of [shown.signature.sha256, shown.signature.value, 'run run_7'])
    expect(drawn[0]).toContain(part);
});

test('a board without an identity says so', () => {
  const shown = certificateToPrint();
  shown.certificate.assessment = null;
  expect(page(shown)).toContain('No identity was read in this run.');
});
