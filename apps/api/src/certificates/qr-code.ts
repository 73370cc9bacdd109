import { renderSVG } from 'uqr';

/** Draws text as a QR code, an SVG element. */
export type QrCode = (text: string) => string;

/** Level M: a scanner still reads a page that was folded or stamped over, up to 15 % of the code. */
const CORRECTION = 'M';
/** The white margin in modules that ISO/IEC 18004 asks for. */
const QUIET_ZONE = 4;

export const drawQrCode: QrCode = (text) =>
  renderSVG(text, { ecc: CORRECTION, border: QUIET_ZONE, pixelSize: 1 });
