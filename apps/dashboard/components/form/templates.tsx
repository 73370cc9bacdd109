import {
  errorId,
  type ArrayFieldItemTemplateProps,
  type ArrayFieldTemplateProps,
  type ErrorListProps,
  type FieldErrorProps,
  type FieldTemplateProps,
  type IconButtonProps,
  type MultiSchemaFieldTemplateProps,
  type ObjectFieldTemplateProps,
  type RJSFSchema,
  type TemplatesType,
} from '@rjsf/utils';
import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

const SMALL = 'text-base font-normal text-slate-700 dark:text-slate-300';

/** What a value may be, where the schema says more than its type. */
function limitsOf({ minimum, maximum, maxLength, examples }: RJSFSchema): string {
  const says: string[] = [];
  const high = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (minimum !== undefined && high !== undefined) says.push(`${minimum} to ${high}`);
  else if (minimum !== undefined) says.push(`${minimum} or more`);
  if (maxLength !== undefined) says.push(`up to ${maxLength} characters`);
  // Where a text has a form of its own, and not just a length.
  else if (Array.isArray(examples) && typeof examples[0] === 'string') says.push(`such as ${examples[0]}`);
  return says.join(', ');
}

function Field(props: FieldTemplateProps) {
  const { id, label, children, errors, hidden, required, displayLabel, schema, uiSchema } = props;
  if (hidden) return <div className="hidden">{children}</div>;
  const group = schema.type === 'object' || schema.type === 'array' || schema.oneOf !== undefined;
  const limits = uiSchema?.['ui:widget'] ? '' : limitsOf(schema);
  const says = [schema.description, limits].filter(Boolean).join(' · ');
  return (
    <div className={group ? 'col-span-full' : 'flex flex-col gap-1'} data-field={id}>
      {displayLabel && !group && label && (
        <label htmlFor={id} className="text-lg font-semibold">
          {label}
          {required && ' (required)'}
        </label>
      )}
      {children}
      {displayLabel && !group && says && <p className={SMALL}>{says}</p>}
      {errors}
    </div>
  );
}

function Group(props: ObjectFieldTemplateProps) {
  const { title, description, properties, schema, fieldPathId, errorSchema, required } = props;
  const formData = props.formData as unknown;
  if (schema.oneOf && properties.length === 0) return null;
  const root = fieldPathId.path.length === 0;
  const item = typeof fieldPathId.path.at(-1) === 'number';
  const fields = (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(14rem,1fr))] items-start gap-4">
      {properties.map(({ content }) => content)}
    </div>
  );
  if (root || item)
    return (
      <div className={item ? 'mt-3' : ''}>
        {!root && description && <p className={`mb-2 ${SMALL}`}>{description}</p>}
        {fields}
      </div>
    );
  // What may be absent is folded away until there is something in it.
  const filled = JSON.stringify(formData ?? {}) !== '{}';
  const wrong = Object.keys(errorSchema ?? {}).length > 0;
  return (
    <details
      open={required || filled || wrong}
      className="rounded border border-slate-400 p-4 dark:border-slate-600"
    >
      <summary className="min-h-8 text-lg font-semibold">
        {title}
        {required ? ' (required)' : filled ? '' : ': not used'}
      </summary>
      {description && <p className={`mb-2 ${SMALL}`}>{description}</p>}
      {fields}
    </details>
  );
}

function List({ title, schema, items, canAdd, onAddClick, fieldPathId }: ArrayFieldTemplateProps) {
  return (
    <fieldset id={fieldPathId.$id} className="rounded-lg border-2 border-slate-400 p-4 dark:border-slate-600">
      <legend className="px-2 text-xl font-bold">{title}</legend>
      {schema.description && <p className={`mb-2 ${SMALL}`}>{schema.description}</p>}
      <ol className="flex flex-col gap-3">{items}</ol>
      {items.length === 0 && <p className={SMALL}>None.</p>}
      {canAdd && (
        <FormButton onClick={onAddClick} label={`Add to ${title.toLowerCase()}`}>
          <Icon name="add" /> Add
        </FormButton>
      )}
    </fieldset>
  );
}

function Item({ children, index, buttonsProps }: ArrayFieldItemTemplateProps) {
  const { hasMoveUp, hasMoveDown, hasRemove, onMoveUpItem, onMoveDownItem, onRemoveItem } = buttonsProps;
  const place = index + 1;
  return (
    <li className="flex flex-wrap items-start gap-4 rounded bg-slate-100 p-3 dark:bg-slate-800">
      <b className="w-8 text-2xl tabular-nums">{place}</b>
      <div className="min-w-0 flex-1 basis-64">{children}</div>
      <div className="flex gap-2">
        <FormButton onClick={onMoveUpItem} disabled={!hasMoveUp} label={`Move ${place} up`}>
          <Icon name="up" />
        </FormButton>
        <FormButton onClick={onMoveDownItem} disabled={!hasMoveDown} label={`Move ${place} down`}>
          <Icon name="down" />
        </FormButton>
        <FormButton onClick={onRemoveItem} disabled={!hasRemove} label={`Remove ${place}`}>
          <Icon name="remove" />
        </FormButton>
      </div>
    </li>
  );
}

function FormButton({
  label,
  disabled = false,
  onClick,
  children,
}: {
  label: string;
  disabled?: boolean;
  onClick: IconButtonProps['onClick'];
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
      className="mt-2 flex min-h-11 min-w-11 items-center justify-center gap-1 rounded border-2 border-slate-600 px-2 font-semibold first:mt-0 disabled:invisible dark:border-slate-400"
    >
      {children}
    </button>
  );
}

function Choice({ selector, optionSchemaField, schema }: MultiSchemaFieldTemplateProps) {
  const { propertyName } = (schema.discriminator ?? {}) as { propertyName?: string };
  return (
    <div>
      <label className="flex max-w-sm items-center gap-3 text-lg font-semibold capitalize">
        {propertyName}
        {selector}
      </label>
      {optionSchemaField}
    </div>
  );
}

function FieldErrors({ errors = [], fieldPathId }: FieldErrorProps) {
  if (errors.length === 0) return null;
  return (
    <ul
      id={errorId(fieldPathId)}
      data-testid="field-error"
      className="font-semibold text-red-800 dark:text-red-300"
    >
      {errors.map((error, index) => (
        <li key={index}>✕ {error}</li>
      ))}
    </ul>
  );
}

function Errors({ errors }: ErrorListProps) {
  return (
    <div role="alert" className="mb-4 rounded bg-red-700 px-4 py-3 text-lg text-white">
      <b>✕ Not sent yet:</b>
      <ul className="list-inside list-disc">
        {errors.map(({ stack }, index) => (
          <li key={index}>{stack}</li>
        ))}
      </ul>
    </div>
  );
}

/** How the form looks; what is in it comes from the schema. */
export const TEMPLATES: Partial<TemplatesType> = {
  FieldTemplate: Field,
  ObjectFieldTemplate: Group,
  ArrayFieldTemplate: List,
  ArrayFieldItemTemplate: Item,
  MultiSchemaFieldTemplate: Choice,
  FieldErrorTemplate: FieldErrors,
  ErrorListTemplate: Errors,
};
