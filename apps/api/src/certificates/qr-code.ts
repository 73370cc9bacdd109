/**
 * Draws text as a QR code.
 * @returns an SVG element; null: this station has no library that draws one, and the page prints the text alone
 */
export type QrCode = (text: string) => string | null;

/** The place where a library is put in; it must draw on the station, without a network. */
export const drawQrCode: QrCode = () => null;
