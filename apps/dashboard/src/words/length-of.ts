const WIDE = /[\u2E80-\u9FFF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60]/gu;

/** The length of a text as it is set: a Chinese character is as wide as two Latin ones. */
export const lengthOf = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);
