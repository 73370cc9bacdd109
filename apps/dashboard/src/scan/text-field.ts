type TextField = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Inputs that take no text: a key is for the button that they are. */
const NO_TEXT: ReadonlySet<string> = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'radio',
  'range',
  'submit',
]);

/** The field that has the focus and takes what is typed. */
export function focusedField(): TextField | null {
  const element = document.activeElement;
  if (element instanceof HTMLInputElement) return NO_TEXT.has(element.type) ? null : element;
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement ? element : null;
}

/** Sets the text of a field so that React hears of it. */
export function setText(field: TextField, text: string): void {
  const prototype: unknown = Object.getPrototypeOf(field);
  Object.getOwnPropertyDescriptor(prototype, 'value')!.set!.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** A field as it was before a scanner's first key. */
export class KeptText {
  readonly #text: string;

  constructor(private readonly field: TextField) {
    this.#text = field.value;
  }

  giveBack(): void {
    setText(this.field, this.#text);
  }

  /** Keys that were no code after all: what a person typed is not lost. */
  add(text: string): void {
    setText(this.field, this.#text + text);
  }
}
