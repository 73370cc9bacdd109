import { parseBoardSpec, VirtualBenchError, type BoardSpec } from '@boardwalk/virtual-bench';
import { invalid } from '../problems/problems.ts';

/** Options of a board spec that a request may not use, and what to do instead. */
const REFUSED: Readonly<Record<string, string>> = {
  empty: 'says that the socket has no board. To take the board out, use remove.',
  probe: 'belongs to the probe, which stays. Name it in BOARDWALK_VIRTUAL_BOARDS.',
  serial: 'belongs to the probe, which stays. Name it in BOARDWALK_VIRTUAL_BOARDS.',
  firmware:
    'names a file of the station’s computer, which no request may read. Insert the board without it and flash the file with a job.',
};

/** The board that a request wants in a socket. @throws ProblemException 400 that names what is wrong with the spec */
export function boardToInsert(text: string): BoardSpec {
  const names = text.split('+').slice(1);
  for (const option of names) {
    const [name = ''] = option.split('=');
    if (Object.hasOwn(REFUSED, name))
      throw invalid('invalid:board-option', { spec: text, option: name, why: REFUSED[name]! }, '/board');
  }
  try {
    return parseBoardSpec(text);
  } catch (cause) {
    if (cause instanceof VirtualBenchError)
      throw invalid('invalid:virtual', { why: cause.message, remedy: cause.remedy ?? '' }, '/board');
    throw cause;
  }
}
