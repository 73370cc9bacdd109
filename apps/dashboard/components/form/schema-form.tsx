'use client';
// Not the package's index: that one brings a test registry, and with it a validator that is not used here.
import Form from '@rjsf/core/lib/components/Form.js';
import type { ErrorSchema } from '@rjsf/utils';
import { useMemo, useState } from 'react';
import type { z } from 'zod';
import { bodyOf } from '../../src/form-data.ts';
import { drawingOf } from '../../src/form-drawing.ts';
import { errorsAtFields, validatorOf } from '../../src/form-validator.ts';
import { Refusal, sentenceOf } from '../../src/station-api.ts';
import { ImageWidget } from './image-widget.tsx';
import { TEMPLATES } from './templates.tsx';

const WIDGETS = { image: ImageWidget };

/**
 * A form for a request's body, drawn from its zod schema and validated by it. What the API refuses all the same stands
 * at the fields that it names.
 */
export function SchemaForm({
  body,
  start,
  action,
  onSend,
  onCancel,
}: {
  body: z.ZodObject;
  start: Readonly<Record<string, unknown>>;
  action: string;
  onSend: (body: unknown) => Promise<void>;
  onCancel: () => void;
}) {
  const drawing = useMemo(() => drawingOf(body), [body]);
  const validator = useMemo(() => validatorOf(body, drawing.schema), [body, drawing]);
  const [data, setData] = useState<unknown>(() => ({ ...drawing.defaults, ...start }));
  const [refused, setRefused] = useState<{ says: string; errors: ErrorSchema } | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      await onSend(bodyOf(data, drawing.schema));
    } catch (failure) {
      const errors = failure instanceof Refusal ? errorsAtFields(failure.errors) : {};
      setRefused({ says: sentenceOf(failure), errors });
      setBusy(false);
    }
  };
  return (
    // A form of this size is sent by its button: Enter in a field, or a scanner's, sends nothing.
    <div
      onKeyDownCapture={(event) =>
        event.key === 'Enter' && event.target instanceof HTMLInputElement && event.preventDefault()
      }
    >
      {refused && (
        <p role="alert" className="mb-4 rounded bg-red-700 px-4 py-3 text-lg font-semibold text-white">
          ✕ {refused.says}
        </p>
      )}
      <Form
        className="schema-form"
        schema={drawing.schema}
        uiSchema={drawing.uiSchema}
        validator={validator}
        formData={data}
        widgets={WIDGETS}
        templates={TEMPLATES}
        experimental_defaultFormStateBehavior={{ emptyObjectFields: 'skipEmptyDefaults' }}
        {...(refused ? { extraErrors: refused.errors } : {})}
        noHtml5Validate
        focusOnFirstError
        showErrorList="top"
        onChange={({ formData }) => setData(formData)}
        onSubmit={() => void send()}
      >
        <div className="mt-6 flex gap-4">
          <button
            type="submit"
            disabled={busy}
            className="rounded bg-sky-700 px-6 py-3 text-xl font-semibold text-white disabled:bg-slate-600"
          >
            {action}
          </button>
          <button
            type="button"
            onClick={onCancel}
            className="rounded border-2 border-slate-600 px-6 py-3 text-xl font-semibold dark:border-slate-400"
          >
            Cancel
          </button>
        </div>
      </Form>
    </div>
  );
}
