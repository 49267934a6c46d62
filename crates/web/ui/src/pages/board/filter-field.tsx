import clsx from "clsx";
import { ListFilter, X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useRef, useState } from "react";
import { t } from "@/i18n/board";
import { useBoard } from "./context";
import { countsOf, FIELDS, type FilterChoice, isKnown, matches, parseFilter, parted, term } from "./filter";

interface Props {
  field: RefObject<HTMLInputElement | null>;
  /** The filter as it is written in the address. */
  filter: string;
  set(filter: string): void;
  choices: FilterChoice[];
}

/** Time without a letter after which the board is filtered. */
const PAUSE_MS = 150;
const MOST_SUGGESTED = 8;

const joined = (terms: string[], words: string) => [...terms, words.trim()].filter(Boolean).join(" ");

/**
 * The filter: its terms stand there one by one, to be turned round or taken away; what is typed behind them is searched for, or
 * completed to a term. Letters stay here until typing pauses.
 */
export function FilterField({ field, filter, set, choices }: Props) {
  const [state, setState] = useState(() => ({ ...parted(filter), seen: filter }));
  const told = useRef(filter);
  const timer = useRef<number>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  // The address was changed elsewhere: by a view, the menu, or the way back.
  if (filter !== state.seen)
    setState(filter === told.current ? { ...state, seen: filter } : { ...parted(filter), seen: filter });
  const { terms, words } = state;
  const [at, setAt] = useState(0);
  const [focused, setFocused] = useState(false);
  const list = useId();
  const suggestions = useSuggestions(focused ? words : "", terms, choices);
  const shown = suggestions[Math.min(at, suggestions.length - 1)];

  const tell = (next: string) => {
    window.clearTimeout(timer.current);
    told.current = next;
    set(next);
  };
  const change = (nextTerms: string[], nextWords: string, wait: boolean) => {
    setState({ ...state, terms: nextTerms, words: nextWords });
    setAt(0);
    window.clearTimeout(timer.current);
    const next = joined(nextTerms, nextWords);
    if (wait) timer.current = window.setTimeout(() => tell(next), PAUSE_MS);
    else tell(next);
  };
  /** Terms that were typed to their end become parts of their own. */
  const settle = () => {
    const parts = parted(words);
    if (parts.terms.length > 0) change([...terms, ...parts.terms], parts.words, false);
  };
  const complete = (choice: FilterChoice) => {
    const typed = lastWord(words);
    const before = words.slice(0, words.length - typed.length).trimEnd();
    change([...terms, term(choice.field, choice.value, typed.startsWith("-"))], before, false);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const empty = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0;
    if (event.key === "ArrowDown" && suggestions.length > 0) {
      event.preventDefault();
      setAt((at + 1) % suggestions.length);
    } else if (event.key === "ArrowUp" && suggestions.length > 0) {
      event.preventDefault();
      setAt((at + suggestions.length - 1) % suggestions.length);
    } else if ((event.key === "Enter" || event.key === "Tab") && shown && !event.shiftKey) {
      event.preventDefault();
      complete(shown);
    } else if (event.key === "Enter" || event.key === " ") {
      if (parted(words).terms.length > 0 && !/"[^"]*$/.test(words)) {
        event.preventDefault();
        settle();
      }
    } else if (event.key === "Backspace" && empty && terms.length > 0) {
      event.preventDefault();
      change(terms.slice(0, -1), words, false);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.currentTarget.blur();
    }
  };
  return (
    <div className="relative min-w-0 max-w-2xl flex-1">
      <div
        onPointerDown={(event) => {
          if (event.target !== event.currentTarget) return;
          event.preventDefault();
          field.current?.focus();
        }}
        className="flex min-h-8 w-full cursor-text flex-wrap items-center gap-1 rounded-lg border border-line-strong bg-surface px-2 py-[3px] shadow-1 transition-colors focus-within:border-focus focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-focus hover:border-muted pointer-coarse:min-h-10"
      >
        <ListFilter size={14} className="pointer-events-none mr-1 shrink-0 text-muted" />
        {terms.map((written) => (
          <Part
            key={written}
            written={written}
            choices={choices}
            turn={() =>
              change(
                terms.map((other) =>
                  other !== written ? other : written.startsWith("-") ? written.slice(1) : `-${written}`,
                ),
                words,
                false,
              )
            }
            remove={() =>
              change(
                terms.filter((other) => other !== written),
                words,
                false,
              )
            }
          />
        ))}
        <input
          ref={field}
          type="search"
          aria-label={t("board.filter")}
          aria-autocomplete="list"
          aria-controls={suggestions.length > 0 ? list : undefined}
          aria-activedescendant={shown ? `${list}-${suggestions.indexOf(shown)}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={terms.length > 0 ? "" : t("board.filterHint")}
          value={words}
          onChange={(event) => change(terms, event.target.value, true)}
          onKeyDown={press}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false);
            settle();
          }}
          className="h-6 min-w-24 flex-1 bg-transparent text-sm focus-visible:outline-none [&::-webkit-search-cancel-button]:hidden"
        />
        {filter && (
          <button
            type="button"
            aria-label={t("board.clearFilter")}
            data-tip={t("board.clearFilter")}
            onClick={() => change([], "", false)}
            className="flex size-6 shrink-0 items-center justify-center rounded text-muted hover:bg-hover hover:text-fg"
          >
            <X size={14} />
          </button>
        )}
      </div>
      {suggestions.length > 0 && (
        <ul
          id={list}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the field keeps the focus and says which option is meant.
          role="listbox"
          aria-label={t("view.suggestions")}
          className="absolute left-0 top-full z-30 mt-1 w-80 max-w-full animate-rise rounded-lg border border-line bg-raised p-1 text-sm shadow-2"
        >
          {suggestions.map((choice, index) => (
            <li
              key={term(choice.field, choice.value)}
              id={`${list}-${index}`}
              // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: as above.
              role="option"
              aria-selected={choice === shown}
              tabIndex={-1}
              // The field keeps the focus.
              onPointerDown={(event) => {
                event.preventDefault();
                complete(choice);
              }}
              className={clsx(
                "flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 pointer-coarse:py-2.5",
                choice === shown && "bg-hover",
              )}
            >
              <span className="text-xs text-muted">{t(`filterField.${choice.field}`)}</span>
              <span className="min-w-0 flex-1 truncate">{choice.label}</span>
              <span className="text-xs text-muted tabular-nums">{choice.count}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The word that is being typed: a quote that is open holds blanks. */
function lastWord(text: string): string {
  return /-?(?:\w+:)?(?:"[^"]*|[^\s"]*)$/.exec(text)?.[0] ?? "";
}

/** What the word at the end of what is typed may become, with how many tasks each would leave. */
function useSuggestions(words: string, terms: string[], choices: FilterChoice[]): (FilterChoice & { count: number })[] {
  const { snapshot, viewer } = useBoard();
  const typed = lastWord(words).replace(/^-/, "").replaceAll('"', "").toLowerCase();
  const wanted = typed.length > 0;
  const others = terms.join(" ");
  const counts = useMemo(() => {
    if (!wanted) return new Map<string, number>();
    const all = parseFilter(others);
    return countsOf(
      snapshot.tasks.filter((task) => matches(task, all, viewer)),
      viewer,
    );
  }, [wanted, others, snapshot.tasks, viewer]);
  if (!wanted) return [];
  const [, name, sought = ""] = /^(\w*):(.*)$/.exec(typed) ?? [undefined, undefined, typed];
  const fits = (choice: FilterChoice) => {
    if (name !== undefined) {
      return choice.field === name && [choice.label.toLowerCase(), choice.value].some((text) => text.includes(sought));
    }
    // Without a field only beginnings count: most words are meant to be searched for.
    return sought.length > 1 && (choice.label.toLowerCase().startsWith(sought) || choice.field.startsWith(sought));
  };
  const exact = name !== undefined && choices.some((choice) => choice.field === name && choice.value === sought);
  if (exact) return [];
  return choices
    .filter((choice) => fits(choice) && !terms.includes(term(choice.field, choice.value)))
    .map((choice) => ({ ...choice, count: counts.get(`${choice.field}:${choice.value}`) ?? 0 }))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MOST_SUGGESTED);
}

interface PartProps {
  written: string;
  choices: FilterChoice[];
  turn(): void;
  remove(): void;
}

/** A term of the filter: pressed it turns into its opposite. */
function Part({ written, choices, turn, remove }: PartProps) {
  const [parsed] = parseFilter(written);
  if (!parsed) return null;
  const known = isKnown(parsed, choices);
  const field = FIELDS.find((name) => name === parsed.field);
  const value =
    choices.find((choice) => choice.field === parsed.field && choice.value === parsed.value)?.label ?? parsed.value;
  const label = `${field ? t(`filterField.${field}`) : parsed.field}: ${value}`;
  const shown = parsed.not ? t("view.not", { label }) : label;
  return (
    <span
      className={clsx(
        "flex h-6 max-w-64 items-center rounded-md text-xs",
        !known ? "bg-warn-soft text-warn" : parsed.not ? "bg-bad-soft text-bad" : "bg-accent-soft text-accent-text",
      )}
    >
      <button
        type="button"
        aria-label={t("view.negate", { label: shown })}
        data-tip={known ? t("view.negate", { label: shown }) : t("view.unknown")}
        onClick={turn}
        className="h-6 min-w-6 truncate rounded-l-md pl-2 pr-1"
      >
        {shown}
        {!known && " ?"}
      </button>
      <button
        type="button"
        aria-label={t("view.remove", { label: shown })}
        onClick={remove}
        className="flex size-6 shrink-0 items-center justify-center rounded-r-md hover:bg-hover"
      >
        <X size={12} />
      </button>
    </span>
  );
}

/** The filter as it is written, with one term more or less. */
export function withTerms(filter: string, chosen: string[]): string {
  const { words } = parted(filter);
  return joined(chosen, words);
}
