import type { ProbeModel } from './models.ts';

/** First firmware that knows a command: V2 by its J number, V3 by its own; null = never. */
interface Since {
  readonly v2: number | null;
  readonly v3: number | null;
}

/** ST-LINK commands that came with a firmware (as OpenOCD 0.12 and pyOCD gate them). */
const SINCE = {
  voltage: { v2: 13, v3: 1 },
  trace: { v2: 13, v3: 1 },
  lastStatus2: { v2: 15, v3: 1 },
  swdFrequency: { v2: 22, v3: null },
  jtagFrequency: { v2: 24, v3: null },
  dapRegisters: { v2: 24, v3: 1 },
  memory16: { v2: 26, v3: 1 },
  accessPorts: { v2: 28, v3: 1 },
  bulkMisc: { v2: 32, v3: 2 },
  boardId: { v2: 36, v3: 6 },
  comFrequency: { v2: null, v3: 1 },
  wide8: { v2: null, v3: 6 },
} as const satisfies Record<string, Since>;

export type Feature = keyof typeof SINCE;

export function has(model: ProbeModel, feature: Feature): boolean {
  const since = model.hardware === 2 ? SINCE[feature].v2 : SINCE[feature].v3;
  return since !== null && model.jtag >= since;
}
