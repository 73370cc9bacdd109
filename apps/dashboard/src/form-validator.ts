import type { Problem } from '@boardwalk/contracts';
import { ErrorSchemaBuilder, type ErrorSchema, type RJSFSchema, type ValidatorType } from '@rjsf/utils';
import { z } from 'zod';
import { bodyOf } from './form-data.ts';

/**
 * Validates a form by the schema that the API validates by: both refuse the same, in the same words. `drawn` is the
 * form's own JSON Schema, which tells a body from what the fields hold.
 */
export function validatorOf(body: z.ZodType, drawn: RJSFSchema): ValidatorType {
  return {
    validateFormData: (data) => {
      const issues = body.safeParse(bodyOf(data, drawn)).error?.issues ?? [];
      const builder = new ErrorSchemaBuilder();
      const errors = issues.map(({ path, message }) => {
        const place = path.map(String);
        builder.addErrors(message, place);
        const property = place.map((key) => `.${key}`).join('');
        return { property, message, stack: `${place.join(' › ')}: ${message}`, name: '', params: {} };
      });
      return { errors, errorSchema: builder.ErrorSchema };
    },
    // Asked of a single choice's constant, to find the option that a value has taken.
    isValid: (schema, data) =>
      z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(data).success,
    rawValidation: () => ({}),
  };
}

/** The API's `errors[]` at the fields that their JSON pointers (RFC 6901) name. */
export function errorsAtFields(errors: NonNullable<Problem['errors']>): ErrorSchema {
  const builder = new ErrorSchemaBuilder();
  for (const { pointer, detail } of errors) {
    const place = pointer.split('/').slice(1);
    builder.addErrors(
      detail,
      place.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')),
    );
  }
  return builder.ErrorSchema;
}
