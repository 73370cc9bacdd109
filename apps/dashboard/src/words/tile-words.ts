import type { WordRows } from './rows.ts';

/** The words of tiles: one short word a state, and the line below it. */
export const TILE_WORDS = {
  tileFree: { en: 'FREE', de: 'FREI', zh: '空闲', es: 'LIBRE' },
  tilePlace: { en: 'PLACE', de: 'EINLEGEN', zh: '放板', es: 'COLOCAR' },
  tileReady: { en: 'READY', de: 'BEREIT', zh: '就绪', es: 'LISTO' },
  tilePercent: { en: '{percent} %', de: '{percent} %', zh: '{percent} %', es: '{percent} %' },
  tileBusy: { en: 'BUSY', de: 'BELEGT', zh: '忙', es: 'OCUPADO' },
  tilePass: { en: 'PASS', de: 'PASS', zh: 'PASS', es: 'PASS' },
  tileFail: { en: 'FAIL', de: 'FEHLER', zh: '失败', es: 'FALLA' },
  tileStation: { en: 'STATION', de: 'STATION', zh: '工位', es: 'ESTACIÓN' },
  tileRescan: { en: 'RESCAN', de: 'NEU SCANNEN', zh: '重扫', es: 'REESCANEAR' },
  tileHeld: { en: 'HELD', de: 'ANGEHALTEN', zh: '暂扣', es: 'RETENIDO' },
  tileLocked: { en: 'LOCKED', de: 'GESPERRT', zh: '锁定', es: 'BLOQUEADO' },
  tileNoProbe: { en: 'NO PROBE', de: 'KEINE SONDE', zh: '无探头', es: 'SIN SONDA' },
  tileNoPower: { en: 'NO POWER', de: 'KEIN STROM', zh: '无供电', es: 'SIN TENSIÓN' },
  tileNotOpen: { en: 'NOT OPEN', de: 'NICHT OFFEN', zh: '未开放', es: 'SIN ABRIR' },

  // Read aloud only.
  nameOfSlot: { en: 'Slot {slot}', de: 'Platz {slot}', zh: '{slot} 号', es: 'Puesto {slot}' },

  lineScanIt: { en: 'scan its code', de: 'Code scannen', zh: '请扫板上条码', es: 'escanee su código' },
  lineStep: {
    en: 'step {step} of {of}: {name}',
    de: 'Schritt {step} von {of}: {name}',
    zh: '第 {step}/{of} 步：{name}',
    es: 'paso {step} de {of}: {name}',
  },
  lineDiffers: {
    en: 'differs: {family}, keep apart',
    de: 'weicht ab: {family}, getrennt halten',
    zh: '不一致：{family}，请分开放',
    es: 'difiere: {family}, separar',
  },
  lineDiffersUnknown: {
    en: 'differs: family not identified, keep apart',
    de: 'weicht ab: Familie unbekannt, getrennt halten',
    zh: '不一致：系列未识别，请分开放',
    es: 'difiere: familia no identificada, separar',
  },
  lineDiffersPart: {
    en: 'differs: ST, not the part ordered, keep apart',
    de: 'weicht ab: anderer ST-Typ, getrennt halten',
    zh: '不一致：是 ST，但不是所订型号，请分开放',
    es: 'difiere: otro tipo de ST, separar',
  },
  lineTakeOut: {
    en: 'take it out, then {serial}',
    de: 'herausnehmen, dann {serial}',
    zh: '取出，然后放 {serial}',
    es: 'retirar, después {serial}',
  },
  lineNoVoltage: { en: 'check contact', de: 'Kontakt prüfen', zh: '检查接触', es: 'revise el contacto' },
  lineVoltage: {
    en: '{volts} V: check contact',
    de: '{volts} V: Kontakt prüfen',
    zh: '{volts} V：检查接触',
    es: '{volts} V: revise el contacto',
  },
  lineDetails: {
    en: 'Enter: what to do',
    de: 'Enter: was zu tun ist',
    zh: '按 Enter 查看处理办法',
    es: 'Enter: qué hacer',
  },
  lineOutOfUse: { en: 'out of use', de: 'außer Betrieb', zh: '停用', es: 'fuera de uso' },
} as const satisfies WordRows;
