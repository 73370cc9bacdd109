import jsQR from 'jsqr';
import { certificateToPrint } from '../testing/certificate-to-print.ts';
import { certificatePage, qrText } from './certificate-page.ts';
import { drawQrCode } from './qr-code.ts';

/** Dots of a picture for each module of the code. */
const SCALE = 4;

/** The text that a scanner reads: a decoder that has nothing in common with what drew the code. */
function scanned(svg: string): string | undefined {
  const side = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)![1]) * SCALE;
  const picture = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, left, top] of svg.matchAll(/M(\d+),(\d+)h1v1h-1z/g))
    for (let y = Number(top) * SCALE; y < (Number(top) + 1) * SCALE; y++)
      for (let x = Number(left) * SCALE; x < (Number(left) + 1) * SCALE; x++)
        picture.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
  return jsQR.default(picture, side, side)?.data;
}

test('a scanner reads from the page the digest and the signature of the certificate', () => {
  const shown = certificateToPrint();
  const svg = /<div class="qr">(<svg .*<\/svg>)<\/div>/.exec(certificatePage(shown, 'UTC', drawQrCode))![1]!;
  expect(scanned(svg)).toBe(qrText(shown.certificate, shown.signature));
});

test('a code that is damaged at one corner of its data is still read', () => {
  const text = 'sha256 '.padEnd(200, '0123456789abcdef');
  const whole = drawQrCode(text);
  const damaged = whole.replace(/M(3\d),(3\d)h1v1h-1z/g, '');
  expect(damaged.length).toBeLessThan(whole.length - 200);
  expect(scanned(damaged)).toBe(text);
});

test('one text is always the same drawing, with a white margin of four modules', () => {
  expect(drawQrCode('board 7')).toBe(drawQrCode('board 7'));
  const places = [...drawQrCode('board 7').matchAll(/M(\d+),(\d+)h/g)].flatMap(([, x, y]) => [+x!, +y!]);
  expect(Math.min(...places)).toBe(4);
});
