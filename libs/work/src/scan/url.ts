/** Schemes that labels have without `//`. */
const BARE_SCHEME = /^(?:mailto|tel|sms|smsto|wifi|geo|urn|data|javascript|mecard|begin|matmsg|market):/i;

/** Endings of host names that labels have; a serial with a dot and another ending is no address. */
const ENDINGS =
  'com org net edu gov int info biz io co dev app link page shop online site me tv eu de at ch fr it es pt nl be pl cz uk us ca mx br cn jp kr tw in au ru se no fi dk'.split(
    ' ',
  );
const HOST = new RegExp(
  `^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+(?:${ENDINGS.join('|')})(?::\\d+)?(?:[/?#].*)?$`,
  'i',
);

/** Whether a code is an address on the web, such as a maker's QR label, and no serial. */
export function isUrl(text: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || BARE_SCHEME.test(text) || /^www\./i.test(text)) return true;
  return HOST.test(text) && /[a-z]/i.test(text.split('.')[0]!);
}
