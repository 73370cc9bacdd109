import type { WordRows } from './rows.ts';

/** Words around the tiles: the connection, the field for typed codes, the answer to the last code. */
export const PAGE_WORDS = {
  linkConnecting: { en: '○ connecting', de: '○ verbindet', zh: '○ 正在连接', es: '○ conectando' },
  linkLive: { en: '● live', de: '● live', zh: '● 实时', es: '● en vivo' },
  linkLost: { en: '◌ reconnecting …', de: '◌ verbindet neu …', zh: '◌ 正在重连…', es: '◌ reconectando …' },
  language: { en: 'Language', de: 'Sprache', zh: '语言', es: 'Idioma' },
  slots: { en: 'Slots', de: 'Plätze', zh: '工位', es: 'Puestos' },
  noSlot: {
    en: 'No slot yet: plug an ST-LINK into this station.',
    de: 'Noch kein Platz: einen ST-LINK an diese Station stecken.',
    zh: '还没有工位：请将 ST-LINK 插到本站。',
    es: 'Aún no hay puestos: conecte un ST-LINK a esta estación.',
  },
  codeField: { en: 'Scan', de: 'Scan', zh: '扫描', es: 'Escaneo' },
  codeHint: {
    en: 'or type a code',
    de: 'oder Code tippen',
    zh: '或输入条码',
    es: 'o escriba un código',
  },
  scanMixed: {
    en: 'Two scanners sent at once. Scan one after the other.',
    de: 'Zwei Scanner sendeten zugleich. Nacheinander scannen.',
    zh: '两把扫描枪同时发送。请逐一扫描。',
    es: 'Dos escáneres enviaron a la vez. Escanee uno tras otro.',
  },
  scanUnended: {
    en: 'The code had no end. Set the scanner to send CR after each code.',
    de: 'Der Code hatte kein Ende. Den Scanner so einstellen, dass er CR sendet.',
    zh: '条码没有结束符。请将扫描枪设为每码后发送 CR。',
    es: 'El código no tenía final. Configure el escáner para enviar CR.',
  },
} as const satisfies WordRows;
