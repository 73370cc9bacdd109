import { TILE_LOOKS } from './looks.ts';

const looks = Object.entries(TILE_LOOKS);

test('no two states have the same shape, and none is told by its colour alone', () => {
  expect(new Set(looks.map(([, { shape }]) => shape)).size).toBe(looks.length);
  const told = looks.map(([, { shape, word }]) => `${shape} ${word}`);
  expect(new Set(told).size).toBe(looks.length);
});

test('two states of one colour and frame differ in their word', () => {
  const told = looks.map(([, { colour, frame, word }]) => `${colour} ${frame} ${word}`);
  expect(new Set(told).size).toBe(looks.length);
});

test('only the states of a run at work and of a page that is not live have no word of their own', () => {
  expect(looks.filter(([, { word }]) => word === null).map(([state]) => state)).toEqual(['running', 'stale']);
});
