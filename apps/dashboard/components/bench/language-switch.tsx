import { NAMES } from '../../src/words/language.ts';
import { message } from '../../src/words/message.ts';
import { LANGUAGES, type Language } from '../../src/words/rows.ts';
import type { Worded } from '../../src/words/worded.ts';

export function LanguageSwitch({
  language,
  choose,
  worded,
}: {
  language: Language;
  choose: (language: Language) => void;
  worded: Worded;
}) {
  return (
    <select
      aria-label={worded(message('language'))}
      value={language}
      onChange={({ target }) => choose(LANGUAGES.find((each) => each === target.value) ?? language)}
      className="min-h-11 rounded border-2 border-slate-500 bg-white px-2 text-slate-900 dark:bg-slate-950 dark:text-slate-100"
    >
      {LANGUAGES.map((each) => (
        <option key={each} value={each} lang={NAMES[each].tag}>
          {NAMES[each].name}
        </option>
      ))}
    </select>
  );
}
