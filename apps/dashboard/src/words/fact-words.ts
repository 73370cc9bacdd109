import type { WordRows } from './rows.ts';

/** Figures and facts around the tiles. */
export const FACT_WORDS = {
  factLeft: { en: '{left} left', de: 'noch {left}', zh: '剩 {left}', es: 'faltan {left}' },
  factPercent: { en: '{share} %', de: '{share} %', zh: '{share} %', es: '{share} %' },
  factInterval: {
    en: 'first pass, {low} to {high}',
    de: 'auf Anhieb, {low} bis {high}',
    zh: '一次通过，{low} 至 {high}',
    es: 'a la primera, {low} a {high}',
  },
  lastEnds: { en: 'Last boards', de: 'Letzte Boards', zh: '最近的板子', es: 'Últimas placas' },
  noEnd: { en: 'No board yet', de: 'Noch kein Board', zh: '还没有板子', es: 'Ninguna placa aún' },
  openJobs: { en: 'Open jobs', de: 'Offene Jobs', zh: '未完成的作业', es: 'Trabajos abiertos' },
  clock: { en: 'Clock', de: 'Uhr', zh: '时钟', es: 'Reloj' },
  muted: { en: 'MUTED', de: 'STUMM', zh: '静音', es: 'SILENCIO' },
  mute: { en: 'Mute the sounds', de: 'Töne stumm schalten', zh: '静音', es: 'Silenciar los sonidos' },
} as const satisfies WordRows;
