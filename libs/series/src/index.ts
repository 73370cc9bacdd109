export { partNumberOf, REGIONS, SCS, SRAM_BASE } from './arm.ts';
export type { Architecture, Core, CoreBlock } from './arm.ts';
export { FLASH_BASE, FLASH_ROOM_END, SYSTEM_MEMORY } from './memory.ts';
export {
  addressOf,
  chipOf,
  deviceIdOf,
  LARGEST_FLASH_BYTES,
  LARGEST_SRAM_BYTES,
  largestKibOf,
  lineOf,
  LINES,
  OPTION_FIELDS,
  SERIES,
  SERIES_NAMES,
  seriesOf,
  seriesWithCore,
} from './registry.ts';
export { IDENTITY_REGISTERS, REGISTER_NAMES, registerAddress } from './registers.ts';
export type { RegisterName, RegisterRow } from './registers.ts';
export type {
  ClockRecipe,
  Line,
  OptionField,
  OptionLayout,
  RegisterPlace,
  RegisterWrite,
  Series,
  SeriesBlock,
  Signature,
} from './series.ts';
export { STM32F0 } from './stm32f0.ts';
export { STM32F1 } from './stm32f1.ts';
export { STM32F3 } from './stm32f3.ts';
export { readSignature, uidText } from './signature.ts';
export type { SignatureFacts } from './signature.ts';
