'use client';
import { useEffect, type RefObject } from 'react';
import { Burst } from './burst.ts';

/**
 * Leads a keyboard-wedge scanner into one field, wherever the focus is: keys typed outside any field go there, the
 * field takes the focus back when nothing else needs it, and neither Enter nor Space of a burst presses a button.
 */
export function useScanner(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const burst = new Burst();
    const onKey = (event: KeyboardEvent): void => {
      const input = field.current;
      const continues = !event.repeat && burst.continues(event.timeStamp);
      if (!input || event.ctrlKey || event.altKey || event.metaKey) return;
      if (document.activeElement === input) {
        // A scanner may end its codes with TAB; a person's TAB leaves the field.
        if (event.key !== 'Tab' || !continues || input.value === '') return;
        event.preventDefault();
        input.form?.requestSubmit();
        return;
      }
      if (takesText(document.activeElement) || inDialog()) return;
      // A person presses a button with one Enter or Space; a scanner's stand behind other keys.
      const presses = event.key === 'Enter' || event.key === ' ';
      if (event.key.length > 1 && !presses) return;
      if (presses && !continues) return;
      input.focus();
      if (event.key !== 'Enter') return;
      event.preventDefault();
      input.form?.requestSubmit();
    };
    const takeBack = (): void => {
      requestAnimationFrame(() => {
        const reading = !(document.getSelection()?.isCollapsed ?? true);
        if (document.hasFocus() && !takesText(document.activeElement) && !inDialog() && !reading)
          field.current?.focus({ preventScroll: true });
      });
    };
    const onBlur = (event: FocusEvent): void => {
      if (event.relatedTarget === null) takeBack();
    };
    document.addEventListener('keydown', onKey, true);
    document.addEventListener('click', takeBack);
    document.addEventListener('focusout', onBlur);
    window.addEventListener('focus', takeBack);
    takeBack();
    return () => {
      document.removeEventListener('keydown', onKey, true);
      document.removeEventListener('click', takeBack);
      document.removeEventListener('focusout', onBlur);
      window.removeEventListener('focus', takeBack);
    };
  }, [field]);
}

function takesText(element: Element | null): boolean {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  );
}

function inDialog(): boolean {
  return document.querySelector('dialog[open]') !== null;
}
