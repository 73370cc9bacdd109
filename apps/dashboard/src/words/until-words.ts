import type { WordRows } from './rows.ts';

/** How long a tile stays as it is. */
export const UNTIL_WORDS = {
  untilBoardIn: {
    en: 'until the board is in, 60 s at most',
    de: 'bis das Board liegt, höchstens 60 s',
    zh: '直到放入板子，最多 60 秒',
    es: 'hasta colocar la placa, 60 s como máximo',
  },
  untilEnd: { en: 'until the run ends', de: 'bis der Lauf endet', zh: '直到运行结束', es: 'hasta el fin' },
  untilOutAndNext: {
    en: 'until the board is out and the next one is scanned',
    de: 'bis das Board heraus und das nächste gescannt ist',
    zh: '直到取出并扫描下一块',
    es: 'hasta retirar la placa y escanear la siguiente',
  },
  untilScanned: {
    en: 'until the board is scanned',
    de: 'bis das Board gescannt ist',
    zh: '直到扫描该板',
    es: 'hasta escanear la placa',
  },
  untilDecided: {
    en: 'until a person decides',
    de: 'bis jemand entscheidet',
    zh: '直到有人决定',
    es: 'hasta que alguien decida',
  },
  untilRecovered: {
    en: 'until the slot is enabled or recovered',
    de: 'bis der Platz freigegeben ist',
    zh: '直到恢复该工位',
    es: 'hasta habilitar el puesto',
  },
  untilPlugged: {
    en: 'until a probe is plugged in',
    de: 'bis eine Sonde steckt',
    zh: '直到插入探头',
    es: 'hasta conectar una sonda',
  },
  untilPower: {
    en: 'until the voltage is high enough',
    de: 'bis die Spannung reicht',
    zh: '直到电压足够',
    es: 'hasta tener tensión suficiente',
  },
  untilOpened: {
    en: 'until golden and known-bad boards have shown that the slot judges right',
    de: 'bis Gut- und Schlechtmuster gezeigt haben, dass der Platz richtig urteilt',
    zh: '直到标准良品和不良品证明该工位判断正确',
    es: 'hasta que las placas de referencia muestren que el puesto juzga bien',
  },
  untilLive: {
    en: 'until the page is live',
    de: 'bis die Seite live ist',
    zh: '直到恢复实时',
    es: 'hasta estar en vivo',
  },
} as const satisfies WordRows;
