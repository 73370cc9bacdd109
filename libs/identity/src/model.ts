/**
 * The version of the model of evidence: rows, weights, rules. It is raised with every change that can give a stored identity
 * another verdict, so that a verdict says by which model it was made. 1 was the model that named the nearest family.
 */
export const MODEL_VERSION = 2;
