export { FlashError, ImageError } from './errors.ts';
export type { FlashErrorCode, ImageArgument, ImageErrorCode } from './errors.ts';
export { rawImage, readImage, readImageInSlices } from './images/read-image.ts';
export type { ReadImageOptions } from './images/read-image.ts';
export { recordFormatOf } from './images/content.ts';
export { imageIdOf } from './images/image-id.ts';
export { LIMITS } from './images/limits.ts';
export { misfitOf, misfitOfAll, shapeOf, stackMisfitOf } from './images/misfit.ts';
export type { ImageShape, Misfit } from './images/misfit.ts';
export type { Image, ImageFormat, Segment } from './images/image.ts';
export { beyondStated, FLASH_BASE, geometriesOf, geometryOf } from './families/families.ts';
export { fitOf } from './families/fit.ts';
export type { ChipSize, Fit, SizedImage } from './families/fit.ts';
export { readGeometry } from './families/read-geometry.ts';
export type { FlashGeometry } from './families/families.ts';
export { expectedBytes, planFlash } from './plan.ts';
export type { FlashPlan, FlashRange } from './plan.ts';
export { dumpMemory, FlashEngine } from './engine/flash-engine.ts';
export type { FlashAccess, ProvedDump } from './access/flash-access.ts';
export type { EngineOptions } from './engine/flash-engine.ts';
export { ownPages } from './engine/erase-plan.ts';
export type { EraseChoice, EraseDemand } from './access/erase.ts';
export type { Mismatch } from './access/verify-result.ts';
export type { VerifyMethod, VerifyResult } from './access/verify-result.ts';
export type { FlashProgress, Watch } from './progress.ts';
export { changedOptions, mostOf, OPTION_NAMES } from './options/option-bytes.ts';
export type { OptionBytes, OptionName } from './options/option-bytes.ts';
export {
  isReadProtected,
  protect,
  readOptions,
  unprotect,
  writeOptions,
} from './options/option-controller.ts';
