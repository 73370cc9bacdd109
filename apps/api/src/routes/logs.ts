import { AuditQuery, AuditRow, StationEvent } from '@boardwalk/contracts';
import { z } from 'zod';
import { listed } from './answer.ts';
import { resource } from './row.ts';

const EventQuery = z.strictObject({
  after: z.coerce.number().int().min(0).optional(),
  generation: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'of the record, as the last answer gave it' }),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});

export const EVENTS = resource('events', {
  listEvents: {
    method: 'GET',
    path: '/api/v1/events',
    summary: 'The committed event log, for a client that missed the socket.',
    may: 'look',
    query: EventQuery,
    answers: listed(StationEvent, { next: 'after' }),
    refuses: ['generation-changed'],
  },
});

export const AUDIT = resource('audit', {
  listAudit: {
    method: 'GET',
    path: '/api/v1/audit',
    summary:
      'Every event and change with who, why, the old value and the new one, oldest first. boardwalk audit verify checks it.',
    may: 'read-audit',
    query: AuditQuery,
    answers: listed(AuditRow, { next: 'after' }),
  },
});
