import { VirtualBenchError } from '../errors.ts';
import { parseBoardSpec } from './board-spec.ts';

function refusal(text: string): string {
  try {
    parseBoardSpec(text);
  } catch (cause) {
    if (cause instanceof VirtualBenchError) return `${cause.message} ${cause.remedy}`;
    throw cause;
  }
  throw new Error(`the spec "${text}" was taken`);
}

test.each([
  ['f103', /there is no board profile "f103"\. Did you mean (f103c8|f103cb|f103c6) or .*Profiles: f103c8, /],
  ['CKS23', /Did you mean cks32\? Profiles/],
  ['nothing-like-it', /no board profile "nothing-like-it"\. Profiles: /],
  ['', /there is no board profile ""\. Profiles: /],
  ['f103cb+rdp', /there is no option "rdp"\. Did you mean rdp1.*Options: empty, rdp1, /],
  ['f103cb+', /there is no option ""\. Options: /],
  ['f103cb+constructor', /there is no option "constructor"/],
  ['f103cb+wrp=2', /option "wrp" takes no value, not "2"\. Write \+wrp\./],
  ['f103cb+rdp2', /an f103cb has no read protection of level 2\. Write \+rdp1/],
  ['f103cb+uid=12', /uid cannot be "12"\. Give 24 hex digits/],
  ['f103cb+voltage=lots', /voltage cannot be "lots"/],
])('the spec "%s" is refused with what is wrong and what may be there', (text, says) => {
  expect(refusal(text)).toMatch(says);
});

test('options may come in any order and are all kept', () => {
  expect(parseBoardSpec(' cks32+voltage=2.9+rdp1+nonrst+wrp ')).toMatchObject({
    ...{ profile: 'cks32', millivolts: 2900, rdp: true, noReset: true, wrp: true, uid: null },
  });
});
