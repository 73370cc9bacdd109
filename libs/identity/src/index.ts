export { assess } from './assess.ts';
export type { Expectation } from './facts.ts';
export { flashSizeOf, readIdentity } from './read-identity.ts';
export type { IdentityOptions } from './read-identity.ts';
