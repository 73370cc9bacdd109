const FROM_THE_BEGINNING = 'Read the list from its beginning, without a cursor.';
const BEGIN_AGAIN =
  'Begin again: read what you show, then the events after its place, with generation {current}.';

/** The body of a request, before anything in it is understood. */
const BODY_SENTENCES = {
  'invalid:not-utf8': ['The body is not UTF-8, as JSON has to be.', null],
  'invalid:not-json': ['The body is not JSON: {why}.', 'Send the body as JSON.'],
  'invalid:nested': ['The body is nested deeper than {most} levels.', 'Send a flat one.'],
  'invalid:wide': ['{place} has more than {most} fields. Send only fields of this request.', null],
  'invalid:key-twice': ['The body has the key {key} twice.', 'Send it once.'],
  'invalid:tiny-pieces': [
    'The body comes in chunks of a few bytes.',
    'Send it whole, or in chunks of 1 KiB or more.',
  ],
  'invalid:upload': ['The upload cannot be read: {why}.', null],
  'invalid:files': ['The form has more than one file.', 'Send one file a request, as the field "file".'],
  'invalid:file-field': ['The form has a file in the field "{field}".', 'Send it as the field "file".'],
  'invalid:no-file': ['The request has no file.', 'Send it as multipart field "file", or as the body.'],
  'invalid:twice-said': ['The query and the form both have "{name}".', 'Send it once.'],
  'invalid:form-field': [
    'The field "{name}" of the form is not valid: {why}.',
    'Correct it, or leave it out.',
  ],
  'too-large:body': [
    'The body is too large: this address takes at most {limit} bytes.',
    'Send less, or several requests.',
  ],
  'wrong-type:charset': ['The charset {charset} cannot be read.', 'Send the body as JSON in UTF-8.'],
  'wrong-type:body': ['Send the body as JSON, with the header "Content-Type: application/json".', null],
} as const;

/** A request as a whole. The next step is null where errors[] or the sentence itself has it. */
export const REQUEST_SENTENCES = {
  ...BODY_SENTENCES,
  'invalid:fields': ['The request is not valid: {why}', null],
  'invalid:cursor': ['This cursor is not one that a list has given out.', FROM_THE_BEGINNING],
  'invalid:other-cursor': ['This cursor is of another list or of an earlier version.', FROM_THE_BEGINNING],
  'idempotency-key-invalid': [
    'Idempotency-Key takes one value of 1 to {longest} printable characters, quoted or bare.',
  ],
  'idempotency-key-required': [
    'The request has no Idempotency-Key.',
    'Send one, so that a repeated request is stored once.',
  ],
  'idempotency-in-progress': ['The first request with this Idempotency-Key is still being stored.'],
  'idempotency-key-reused': ['This Idempotency-Key came with another request before.', 'Send a new key.'],
  'not-found:address': ['There is nothing at this address.', 'The paths are listed at /api/docs.'],
  'not-found:account': ['There is no account "{name}".'],
  'not-found:board': ['There is no board {id}.'],
  'not-found:image': ['There is no image {image}.'],
  'not-found:job': ['There is no job {id}.'],
  'not-found:recipe': ['There is no recipe "{name}".'],
  'not-found:revision': ['There is no revision {revision} of recipe "{name}".'],
  'not-found:run': ['There is no run {id}.'],
  'not-found:serial-range': ['There is no serial range "{name}".'],
  'not-found:slot': ['There is no slot "{name}".'],
  'not-found:work-order': ['There is no work order "{id}".'],
  'method-not-allowed': ['Method {method} is not allowed here.', 'Use {methods}.'],
  'changed-meanwhile': ['What If-Match names is not what is here now; get it again, then decide.', null],
  internal: ['The station failed.', 'Its log has the cause.'],
  'generation-changed': [
    'Generation {generation} of the record has ended: the record was restored.',
    BEGIN_AGAIN,
  ],
  'generation-changed:unnamed': [
    'Event {event} may be of an earlier generation: the record was restored.',
    BEGIN_AGAIN,
  ],
  'generation-changed:ahead': ['There is no event {event} in this record yet.', BEGIN_AGAIN],
  'too-many:pages': ['{most} pages are open from this address already.', 'Close one first.'],
  'too-many:subscribes': [
    'This connection subscribed more than {most} times in a minute.',
    'Connect again later.',
  ],
  'too-far-back': [
    'Event {event} is more than {most} events back.',
    'Read GET /api/v1/events?after={event} to its end, then subscribe after the last event that you have.',
  ],
  'invalid:subscribe': ['The body of subscribe is not valid.', 'Send {shape}.'],
} as const;
