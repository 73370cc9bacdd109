import { useImperativeHandle, useRef, type Ref } from 'react';

export interface Question {
  /** Resolves with false when the person keeps it, or leaves with Escape. */
  ask(): Promise<boolean>;
}

/** Asks once more before a retirement. The browser's own dialog keeps the focus and the page below out of reach. */
export function RetireQuestion({ ref, what }: { ref: Ref<Question>; what: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useImperativeHandle(ref, () => ({
    ask: () =>
      new Promise((resolve) => {
        const { current } = dialog;
        current!.returnValue = '';
        current!.addEventListener('close', () => resolve(current!.returnValue === 'retire'), { once: true });
        current!.showModal();
      }),
  }));
  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      aria-labelledby="retire-title"
      aria-describedby="retire-words"
      className="m-auto w-[min(40rem,90vw)] rounded-xl bg-white p-8 text-slate-900 shadow-xl backdrop:bg-black/60 dark:bg-slate-900 dark:text-slate-100"
    >
      <form method="dialog">
        <h2 id="retire-title" className="text-3xl font-bold">
          Retire {what}?
        </h2>
        <p id="retire-words" className="mt-4 text-xl">
          It never runs again, and jobs that wait for it are held. This cannot be undone.
        </p>
        <div className="mt-6 flex gap-4 text-xl font-semibold">
          <button value="keep" className="rounded border-2 border-slate-600 px-6 py-3 dark:border-slate-400">
            Keep it
          </button>
          <button value="retire" className="rounded bg-red-700 px-6 py-3 text-white">
            ■ Retire
          </button>
        </div>
      </form>
    </dialog>
  );
}
