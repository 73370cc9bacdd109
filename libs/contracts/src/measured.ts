/** Measurements of steps that are looked up by their name: it is the same in every record. */
export const MEASURED = {
  targetVoltage: { name: 'target voltage', unit: 'V' },
  pageErase: { name: 'page erase time', unit: 'ms' },
  halfWord: { name: 'half-word time', unit: 'µs' },
} as const;
