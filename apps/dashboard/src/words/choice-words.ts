import type { WordRows } from './rows.ts';

/** What an operator has chosen by scans. */
export const CHOICE_WORDS = {
  choiceOrder: {
    en: '{order}: {passed} of {of}',
    de: '{order}: {passed} von {of}',
    zh: '{order}：{passed}/{of}',
    es: '{order}: {passed} de {of}',
  },
  choiceRecipe: {
    en: 'recipe {recipe}',
    de: 'Rezept {recipe}',
    zh: '配方 {recipe}',
    es: 'receta {recipe}',
  },
  choiceLot: { en: 'lot {lot}', de: 'Los {lot}', zh: '批次 {lot}', es: 'lote {lot}' },
  choiceSlot: {
    en: 'next board in slot {slot}',
    de: 'nächstes Board in Platz {slot}',
    zh: '下一块放 {slot} 号',
    es: 'siguiente placa en el puesto {slot}',
  },
  choiceAgain: { en: 'test again', de: 'noch einmal testen', zh: '重测', es: 'repetir la prueba' },
  choiceNone: { en: 'nothing is chosen', de: 'nichts gewählt', zh: '尚未选择', es: 'nada elegido' },
} as const satisfies WordRows;
