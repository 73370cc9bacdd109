/** A request with a thousand wrong fields says enough with the first of them. */
export const MOST_ERRORS = 100;
