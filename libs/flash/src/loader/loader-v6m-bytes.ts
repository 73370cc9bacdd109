// Generated from loader-v6m.s by `npm run assemble-loader`; do not edit.
/** Offsets of the loader’s entries from its first byte. */
export const LOADER_ENTRIES = { program: 0, page_sums: 188, digest: 260 } as const;
/** The loader’s machine code, base64. */
export const LOADER_BASE64 = [
  'KU3uarVGLkYYNh/OkEaZRiZOskYmT3dgBSc3YDQn52ABJydhAjgAJrRGIk4iTz5gACkh0G5oZkX80BOIAjJKRQDRQkZmRgI2tEau',
  'YAE552j+BwXVVkY2aPYD+NUBJxbgFCY3QhPRAjAGiJ5C3dADgFZGtmDmaNjn52j+BwTVVkY2aPYD+NXp5xQmN0ID0BUmN0AoYe9g',
  'ACZXRj5ggCYmYQFNLmhuYQC+AAAAIBDgAOD//z8AqqoAAAAwAEANTe5qtUYuRhg2H86IRg8hCkwLTgtPPmBGRgAnIMhvQGdDz0EB',
  'PvnRgMMBOvHRAk0uaG5hAL4AAAAAACCxeTeeqqoAAAAwAEBVTe5qtUYuRhg2H87GsEKSQ5NElECQQZFBmQApHNABOUGRTk5OTz5g',
  'QJhpRhAigwcH0QNoG7oIwQQwATr30UCQFeADeBsCRHgjQxsChHgjQxsCxHgjQ+7nQ5hEmQApAtAAIkSS1uc8TS5obmEAvmhGMCVB',
  'aAoACyPaQUpAByPaQckISkABaFIYQWpSGIFrDAACI9xBTEARI9xBiQpMQBIZAmQEMAE95NFCmB7IiEaRRppGo0bwyLxGKqCGRgAn',
  'IAAOIchBYEAFIchBYEAGIchBYEQpAHFAIUBxQEAYaUbJWUAYcUbJWUAYtEYuACUAXEYkGEFGCgAJI9pBSkALI9pBSkACI9pBgBhK',
  'RlNGm0aSRolGU0BRQBlAUUBAGIBGBDc5BszRQpgBaEFEAsABaElEAsABaFFEAsABaFlEAsABaCFEAsABaClEAsABaDFEAsABaGFE',
  'AsBf5wAAACCqqgAAADAAQJgvikKRRDdxz/vAtaXbtelbwlY58RHxWaSCP5LVXhyrmKoH2AFbgxK+hTEkw30MVXRdvnL+sd6Apwbc',
  'm3Txm8HBaZvkhke+78adwQ/MoQwkbyzpLaqEdErcqbBc2oj5dlJRPphtxjGoyCcDsMd/Wb/zC+DGR5Gn1VFjygZnKSkUhQq3Jzgh',
  'Gy78bSxNEw04U1RzCmW7Cmp2LsnCgYUscpKh6L+iS2YaqHCLS8KjUWzHGeiS0SQGmdaFNQ70cKBqEBbBpBkIbDceTHdIJ7W8sDSz',
  'DBw5SqrYTk/KnFvzby5o7oKPdG9jpXgUeMiECALHjPr/vpDrbFCk96P5vvJ4ccY=',
].join('');
