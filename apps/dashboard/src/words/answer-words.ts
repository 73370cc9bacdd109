import type { WordRows } from './rows.ts';

/** What the last code was, in one or two words. */
export const ANSWER_WORDS = {
  answerStarts: { en: 'BOARD STARTS', de: 'BOARD STARTET', zh: '开始', es: 'PLACA ARRANCA' },
  answerPlace: { en: 'PUT IN', de: 'EINLEGEN', zh: '放入', es: 'COLOCAR' },
  answerKnown: { en: 'BOARD KNOWN', de: 'BOARD BEKANNT', zh: '板子已知', es: 'PLACA CONOCIDA' },
  answerOrder: { en: 'WORK ORDER', de: 'AUFTRAG', zh: '工单', es: 'ORDEN' },
  answerRecipe: { en: 'RECIPE', de: 'REZEPT', zh: '配方', es: 'RECETA' },
  answerSlot: { en: 'SLOT', de: 'PLATZ', zh: '工位', es: 'PUESTO' },
  answerBadge: { en: 'BADGE', de: 'AUSWEIS', zh: '工牌', es: 'TARJETA' },
  answerOperator: { en: 'OPERATOR', de: 'BEDIENER', zh: '操作员', es: 'OPERADOR' },
  answerUnknown: { en: 'UNKNOWN CODE', de: 'UNBEKANNTER CODE', zh: '未知条码', es: 'CÓDIGO DESCONOCIDO' },
  answerCommand: { en: 'COMMAND', de: 'BEFEHL', zh: '命令', es: 'COMANDO' },
  answerRefused: { en: 'REFUSED', de: 'ABGELEHNT', zh: '已拒绝', es: 'RECHAZADO' },
  answerNotDone: { en: 'NOT DONE', de: 'NICHT AUSGEFÜHRT', zh: '未执行', es: 'NO HECHO' },
  worksHere: {
    en: '{account} ({role}) works here now.',
    de: '{account} ({role}) arbeitet jetzt hier.',
    zh: '{account}（{role}）正在此工作。',
    es: '{account} ({role}) trabaja aquí ahora.',
  },
} as const satisfies WordRows;
