// Holds the Dockerfile to rules, most of them those of hadolint (their numbers are given): exit 1 and a line for each
// that is broken. `npm run lint` runs it.
import { readFileSync } from 'node:fs';

const MOST_LINES = 30;
const text = readFileSync(new URL('../Dockerfile', import.meta.url), 'utf8');
const instructions = text
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => ({ name: line.split(' ')[0], rest: line.slice(line.indexOf(' ') + 1) }));
const last = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
const of = (name, among = instructions) => among.filter((each) => each.name === name).map(({ rest }) => rest);
const apt = of('RUN').filter((rest) => rest.includes('apt-get install'));

/** Each rule, and whether it holds. */
const RULES = [
  [
    'DL3006, DL3007: every base image has a version, and not latest',
    of('FROM').every((rest) => /^\S+:(?!latest)\S+/.test(rest)),
  ],
  ['DL3000: WORKDIR is absolute', of('WORKDIR').every((rest) => rest.startsWith('/'))],
  [
    'DL3002: the last user is not root',
    of('USER', last).length > 0 && !/^(root|0)\b/.test(of('USER', last).at(-1)),
  ],
  ['DL3004: no sudo', of('RUN').every((rest) => !/\bsudo\b/.test(rest))],
  [
    'DL3009: the lists of apt are deleted in the same layer',
    apt.every((rest) => rest.includes('rm -rf /var/lib/apt/lists')),
  ],
  [
    'DL3015: apt installs nothing that is only recommended',
    apt.every((rest) => rest.includes('--no-install-recommends')),
  ],
  ['DL3020: COPY, not ADD', of('ADD').length === 0],
  [
    'DL3025: CMD and ENTRYPOINT are lists',
    [...of('CMD'), ...of('ENTRYPOINT')].every((rest) => rest.startsWith('[')),
  ],
  ['DL3057: the image has a HEALTHCHECK', of('HEALTHCHECK', last).length === 1],
  ['DL4003: one CMD', of('CMD', last).length === 1],
  ['DL4000: no MAINTAINER', of('MAINTAINER').length === 0],
  [
    'the last stage takes only what an earlier one made',
    of('COPY', last).every((rest) => rest.startsWith('--from=')),
  ],
  [
    'the last stage installs nothing',
    of('RUN', last).every((rest) => !/\b(npm|apt-get|apk|curl|wget)\b/.test(rest)),
  ],
  [
    'no secret in ARG or ENV',
    [...of('ARG'), ...of('ENV')].every((rest) => !/token|secret|password/i.test(rest)),
  ],
  [`at most ${MOST_LINES} lines`, text.trimEnd().split('\n').length <= MOST_LINES],
];

for (const [rule, holds] of RULES)
  if (!holds) {
    console.error(`Dockerfile: this does not hold: ${rule}.`);
    process.exitCode = 1;
  }
