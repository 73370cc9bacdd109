export { assess } from './assess.ts';
export { blockOf } from './block.ts';
export { expectationIn, expectationOf, storedExpectation } from './expectation.ts';
export type { Expectation } from './expectation.ts';
export { MODEL_VERSION } from './model.ts';
export { notReadOf } from './not-read.ts';
export { reassess } from './reassess.ts';
export { flashSizeOf, readIdentity } from './read-identity.ts';
export type { IdentityOptions } from './read-identity.ts';
