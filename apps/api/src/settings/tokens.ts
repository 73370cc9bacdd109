/** Names of parts that have no class; `@Inject` asks for them by these. */
export const CONFIGURATION = Symbol('configuration');
export const IDENTITY = Symbol('the station’s identity');
export const VIRTUAL_BENCH = Symbol('virtual bench');
export const CLOCK = Symbol('clock');
export const LAST_EVENT_AT = Symbol('time of the last event before this start');
export const LOG = Symbol('log');
export const SIGNING_KEY = Symbol('the station’s key');
