import { OPEN } from '../accounts/permissions.ts';
import { resource } from './row.ts';

/** For probes of the host and for people: no part of the document. */
export const HEALTH = resource(null, {
  alive: {
    method: 'GET',
    path: '/healthz',
    summary: 'Says that the process answers.',
    may: OPEN,
    answers: { status: 200 },
  },
  ready: {
    method: 'GET',
    path: '/readyz',
    summary: 'Says whether the station takes new work; 503 and the problems if not.',
    may: OPEN,
    answers: { status: 200 },
  },
  metrics: {
    method: 'GET',
    path: '/metrics',
    summary: 'The metrics for Prometheus.',
    may: 'look',
    answers: { status: 200 },
  },
});
