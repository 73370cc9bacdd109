import type { WordRows } from './rows.ts';

/** The words of the strip: one thing, and a line below it. */
export const STRIP_WORDS = {
  stripNotLive: { en: 'NOT LIVE', de: 'NICHT LIVE', zh: '非实时', es: 'SIN CONEXIÓN' },
  stripNotLiveSince: {
    en: 'NOT LIVE since {time}',
    de: 'NICHT LIVE seit {time}',
    zh: '自 {time} 起非实时',
    es: 'SIN CONEXIÓN desde {time}',
  },
  stripWait: {
    en: 'what the tiles showed may be out of date',
    de: 'die Anzeige kann veraltet sein',
    zh: '显示可能已过时',
    es: 'lo mostrado puede estar anticuado',
  },
  stripWrongCode: { en: 'WRONG CODE', de: 'FALSCHER CODE', zh: '条码错误', es: 'CÓDIGO ERRÓNEO' },
  stripWrongCodeWas: {
    en: 'WRONG CODE: {code}',
    de: 'FALSCHER CODE: {code}',
    zh: '条码错误：{code}',
    es: 'CÓDIGO ERRÓNEO: {code}',
  },
  stripFail: {
    en: 'TAKE OUT slot {slot}: FAIL',
    de: 'Platz {slot} HERAUS: FEHLER',
    zh: '取出 {slot} 号：失败',
    es: 'RETIRAR puesto {slot}: FALLA',
  },
  stripStation: {
    en: 'Slot {slot}: not the board, RESCAN',
    de: 'Platz {slot}: nicht das Board, NEU SCANNEN',
    zh: '{slot} 号：不是板子的问题，重扫',
    es: 'Puesto {slot}: no es la placa, REESCANEAR',
  },
  stripOutFirst: {
    en: 'TAKE OUT slot {slot} first',
    de: 'Zuerst Platz {slot} HERAUS',
    zh: '先取出 {slot} 号',
    es: 'RETIRAR primero el puesto {slot}',
  },
  stripThenPlace: {
    en: 'then place {serial}',
    de: 'dann {serial} einlegen',
    zh: '然后放 {serial}',
    es: 'después colocar {serial}',
  },
  stripPlace: {
    en: 'PLACE {serial} in slot {slot}',
    de: '{serial} in Platz {slot} EINLEGEN',
    zh: '将 {serial} 放入 {slot} 号',
    es: 'COLOCAR {serial} en el puesto {slot}',
  },
  stripPlaceBoard: {
    en: 'PLACE the board in slot {slot}',
    de: 'Board in Platz {slot} EINLEGEN',
    zh: '将板子放入 {slot} 号',
    es: 'COLOCAR la placa en el puesto {slot}',
  },
  stripStartsAlone: {
    en: 'it starts by itself',
    de: 'es startet von selbst',
    zh: '会自动开始',
    es: 'arranca sola',
  },
  stripScanBoard: {
    en: 'SCAN THE NEXT BOARD',
    de: 'NÄCHSTES BOARD SCANNEN',
    zh: '扫描下一块板',
    es: 'ESCANEE LA SIGUIENTE PLACA',
  },
  stripScanSlot: {
    en: 'SCAN THE SLOT of {serial}',
    de: 'PLATZ von {serial} SCANNEN',
    zh: '扫描 {serial} 的工位',
    es: 'ESCANEE EL PUESTO de {serial}',
  },
  stripScanAnySlot: { en: 'SCAN THE SLOT', de: 'PLATZ SCANNEN', zh: '扫描工位', es: 'ESCANEE EL PUESTO' },
  stripScanOrder: {
    en: 'SCAN AN ORDER',
    de: 'AUFTRAG SCANNEN',
    zh: '扫描工单',
    es: 'ESCANEE UNA ORDEN',
  },
  stripScanBadge: {
    en: 'SCAN YOUR BADGE',
    de: 'AUSWEIS SCANNEN',
    zh: '扫描工牌',
    es: 'ESCANEE SU TARJETA',
  },
  stripComplete: {
    en: 'ORDER COMPLETE: {order}',
    de: 'AUFTRAG FERTIG: {order}',
    zh: '工单完成：{order}',
    es: 'ORDEN COMPLETA: {order}',
  },
  stripCounts: {
    en: '{passed} of {of} passed',
    de: '{passed} von {of} bestanden',
    zh: '{passed}/{of} 通过',
    es: '{passed} de {of} aprobadas',
  },
} as const satisfies WordRows;
