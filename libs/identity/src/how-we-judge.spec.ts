import { IdentityModel } from '@boardwalk/contracts';
import { assess } from './assess.ts';
import { EVIDENCE } from './evidence.ts';
import { SOURCES } from './evidence/sources.ts';
import { identityModel } from './how-we-judge.ts';
import { MODEL_VERSION } from './model.ts';
import { identityOf } from './testing/virtual-identity.ts';

const model = identityModel();

test('the model that a customer reads has every row of evidence once, with its weight, grade and source', () => {
  expect(IdentityModel.parse(model)).toEqual(model);
  expect(model.modelVersion).toBe(MODEL_VERSION);
  expect(model.evidence.map(({ id }) => id).sort()).toEqual(EVIDENCE.map(({ id }) => id).sort());
  for (const { id, weight, reliability, kind, source } of EVIDENCE)
    expect(model.evidence.find((rule) => rule.id === id)).toMatchObject({
      weight,
      reliability,
      kind,
      source,
    });
});

test('every weight has a public source to follow, and every source is one of a row', () => {
  for (const { id, sources } of model.evidence)
    expect([id, sources.map(({ url }) => new URL(url).protocol)]).toEqual([id, sources.map(() => 'https:')]);
  expect(model.evidence.filter(({ sources }) => sources.length === 0)).toEqual([]);
  const followed = new Set(model.evidence.flatMap(({ sources }) => sources.map(({ url }) => url)));
  expect([...followed].sort()).toEqual(
    Object.values(SOURCES)
      .map(({ url }) => url)
      .sort(),
  );
});

test('the groups come one after the other, and in each the weightiest row is first', () => {
  const order = model.groups.map(({ group }) => group);
  const places = model.evidence.map(
    ({ group, weight }) => [order.indexOf(group), -Math.abs(weight)] as const,
  );
  expect(places).toEqual([...places].sort(([a, b], [c, d]) => a - c || b - d));
});

test.each(['f103c8', 'cks32', 'gd32', 'relabelled-c6', 'f103c8+rdp1'])(
  'each finding of the board %s is in the model, and its score follows from it',
  async (spec) => {
    const { findings, score } = assess(await identityOf(spec));
    expect(findings.length).toBeGreaterThan(2);
    let sum = 0;
    for (const { group, least, most } of model.groups) {
      const shown = findings.filter((finding) => finding.group === group && !finding.excused);
      const weights = shown.map(({ id }) => model.evidence.find((rule) => rule.id === id)!.weight);
      const together = weights.reduce((total, weight) => total + weight, 0);
      sum += Math.min(most, Math.max(least, together));
    }
    expect(sum).toBe(score);
  },
);
