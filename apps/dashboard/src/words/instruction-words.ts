import type { WordRows } from './rows.ts';

/** The few acts that an operator can do at the bench, short enough for a tile. */
export const INSTRUCTION_WORDS = {
  doRedBox: { en: '→ red box', de: '→ rote Kiste', zh: '→ 红箱', es: '→ caja roja' },
  doQualityBox: { en: '→ quality box', de: '→ Kiste der Qualität', zh: '→ 质检箱', es: '→ caja de calidad' },
  doSeatAndScan: {
    en: 'put in again, rescan',
    de: 'neu einlegen und scannen',
    zh: '重新放板并重扫',
    es: 'recolocar y reescanear',
  },
  doOnceMore: {
    en: 'rescan; 2nd time → red box',
    de: 'neu scannen; 2. Mal → rote Kiste',
    zh: '重扫；第二次 → 红箱',
    es: 'reescanear; 2.ª vez → caja roja',
  },
  doCallEngineer: {
    en: 'call the engineer',
    de: 'Ingenieur rufen',
    zh: '请叫工程师',
    es: 'llame al ingeniero',
  },
  doCallLead: {
    en: 'call the shift lead',
    de: 'Schichtleitung rufen',
    zh: '请叫班长',
    es: 'llame al jefe de turno',
  },
  doWait: {
    en: 'wait, then try again',
    de: 'warten, neu versuchen',
    zh: '稍候再试',
    es: 'espere y reintente',
  },
  doScanBadge: { en: 'scan your badge', de: 'Ausweis scannen', zh: '请扫工牌', es: 'escanee su tarjeta' },
  doGoodBoards: { en: '→ good boards', de: '→ gute Boards', zh: '→ 合格品', es: '→ placas buenas' },
} as const satisfies WordRows;
