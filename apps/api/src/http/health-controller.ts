import { Controller, Header, Res } from '@nestjs/common';
import type { Response } from 'express';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Bench } from '@boardwalk/station';
import { HEALTH } from '../routes/health.ts';
import { StationState } from '../status/station-state.ts';
import { Route } from './route.ts';

@Controller()
export class HealthController {
  readonly #registry = new Registry();

  constructor(
    private readonly state: StationState,
    bench: Bench,
  ) {
    collectDefaultMetrics({ register: this.#registry });
    const slots = new Gauge({
      name: 'boardwalk_slots',
      help: 'Slots by state',
      labelNames: ['state'],
      registers: [this.#registry],
      collect: () => {
        slots.reset();
        for (const slot of bench.slots) slots.inc({ state: slot.state });
      },
    });
    const ready: Gauge = new Gauge({
      name: 'boardwalk_ready',
      help: '1 while the station takes new work',
      registers: [this.#registry],
      collect: () => ready.set(state.status().ready ? 1 : 0),
    });
  }

  @Route(HEALTH.alive)
  alive() {
    return { status: 'ok' };
  }

  /** Whether the station takes new work; each problem says what to do. Notes are no reason to stop. */
  @Route(HEALTH.ready)
  ready(@Res({ passthrough: true }) response: Response) {
    const { ready, problems, notes } = this.state.status();
    response.status(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'not ready', problems, notes };
  }

  @Route(HEALTH.metrics)
  @Header('content-type', 'text/plain; version=0.0.4')
  metrics(): Promise<string> {
    return this.#registry.metrics();
  }
}
