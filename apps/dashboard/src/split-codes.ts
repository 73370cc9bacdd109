/** Codes as a scanner sent them: CR, LF and TAB end one. Blanks and everything else inside are the station's to judge. */
export function splitCodes(text: string): string[] {
  return text.split(/[\r\n\t]+/).filter((code) => code.trim() !== '');
}
