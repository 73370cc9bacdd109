import { jest } from '@jest/globals';
import { patternOf } from './route-rules.ts';
import { Route } from '../http/route.ts';
import { OpenedStation } from '../testing/opened-station.ts';
import { ROUTES } from './index.ts';
import { JOBS } from './jobs.ts';
import { namesIn } from './row.ts';

jest.setTimeout(60_000);

/** The document and its page for people, which the framework answers. */
const DOCUMENT = /^GET \/api\/(openapi\.json$|docs(-json|-yaml|\/.*)?$)/;

test('each row is answered by a method of a controller, and each method of a controller has a row', async () => {
  const station = new OpenedStation();
  try {
    await station.open();
    const answered = station.routes.filter((route) => !DOCUMENT.test(route));
    const rows = ROUTES.map(({ method, path }) => `${method} ${path}`).sort();
    expect({
      methodsWithoutRow: answered.filter((route) => !rows.includes(route)),
      rowsWithoutMethod: rows.filter((row) => !answered.includes(row)),
    }).toEqual({ methodsWithoutRow: [], rowsWithoutMethod: [] });
    expect(answered).toEqual(rows);
  } finally {
    await station.remove();
  }
});

test('a method has the name of the operation that it answers', () => {
  const decorate = (name: string) => (): void => {
    const controller = { [name]: () => undefined };
    Route(JOBS.getJob)(controller, name, Object.getOwnPropertyDescriptor(controller, name)!);
  };
  expect(decorate('getJob')).not.toThrow();
  expect(decorate('getOrder')).toThrow('The method getOrder answers the row of getJob. Give both one name.');
});

test('each row is found by a request to its path, and none hides another', () => {
  expect(ROUTES.length).toBeGreaterThan(60);
  for (const { method, path } of ROUTES)
    expect(patternOf(method, path.replace(/:\w+/g, 'anything'))).toBe(path);
});

test('an operation has a name of its own, and schemas for its path name the parameters of the path', () => {
  const names = ROUTES.map(({ operationId }) => operationId);
  expect(names).toEqual([...new Set(names)]);
  for (const { operationId, path, params } of ROUTES)
    if (params) expect([operationId, ...Object.keys(params.shape)]).toEqual([operationId, ...namesIn(path)]);
});
