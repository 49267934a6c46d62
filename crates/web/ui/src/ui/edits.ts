import { useState } from "react";
import { isSame } from "@/api/same";
import { readDraft, writeDraft } from "./draft";

/** A field that somebody has changed: what it was when they began, and what they want. */
interface Edit {
  base: unknown;
  mine: unknown;
}

type Edited = Record<string, Edit>;

/** What somebody is changing of a thing that others may change as well. */
export interface Edits<T> {
  /** The fields as the person wants them: as they are, with what was edited on top. */
  values: T;
  set<K extends keyof T>(field: K, value: T[K]): void;
  /** A field and how to set it. */
  bind<K extends keyof T>(field: K): [T[K], (value: T[K]) => void];
  /** What is to be sent: only what differs from what there is. */
  changed: Partial<T>;
  /** What others have made meanwhile of fields that the person edits as well. */
  theirs: Partial<T>;
  /** Keeps the person's own value of such a field, or takes the others'. */
  settle(field: keyof T, keep: "mine" | "theirs"): void;
  dirty: boolean;
  /** Whether the person has begun to edit the field. */
  begun(field: keyof T): boolean;
  /** Ends the editing: it is thrown away, or it was `sent`; then what was typed since is kept. */
  forget(sent?: Partial<T>): void;
}

/** The state of an editing, from what there is `now` and what was edited. */
export function compare<T extends object>(now: T, edited: Edited): Pick<Edits<T>, "values" | "changed" | "theirs"> {
  const values = { ...now };
  const changed: Partial<T> = {};
  const theirs: Partial<T> = {};
  for (const field of Object.keys(edited) as (keyof T & string)[]) {
    const edit = edited[field];
    if (!edit || !(field in now)) continue;
    const mine = edit.mine as T[typeof field];
    values[field] = mine;
    if (isSame(now[field], mine)) continue;
    changed[field] = mine;
    if (!isSame(now[field], edit.base)) theirs[field] = now[field];
  }
  return { values, changed, theirs };
}

/**
 * Edits a thing that is `now` like this. What is edited is kept under `name` like every draft; fields that are not edited follow
 * what there is.
 */
export function useEdits<T extends object>(name: string, now: T): Edits<T> {
  const [state, setState] = useState(() => ({ name, edited: read(name) }));
  const edited = state.name === name ? state.edited : read(name);
  const keep = (next: Edited) => {
    writeDraft(name, Object.keys(next).length > 0 ? JSON.stringify(next) : undefined);
    setState({ name, edited: next });
  };
  const { values, changed, theirs } = compare(now, edited);
  const set: Edits<T>["set"] = (field, mine) => {
    const known = edited[field as string];
    keep({ ...edited, [field]: { base: known ? known.base : now[field], mine } });
  };
  return {
    values,
    changed,
    theirs,
    set,
    bind: (field) => [values[field], (mine) => set(field, mine)],
    dirty: Object.keys(changed).length > 0,
    settle: (field, choice) => {
      const { [field as string]: edit, ...others } = edited;
      keep(choice === "mine" && edit ? { ...others, [field]: { base: now[field], mine: edit.mine } } : others);
    },
    begun: (field) => field in edited,
    forget: (sent) => {
      const left = Object.entries(sent ? read(name) : {});
      keep(Object.fromEntries(left.filter(([field, { mine }]) => !isSame(mine, sent?.[field as keyof T]))));
    },
  };
}

function read(name: string): Edited {
  try {
    return JSON.parse(readDraft(name) ?? "{}") as Edited;
  } catch {
    return {};
  }
}

/** Of a request's fields those that were edited, where they have the same names. */
export function only<B extends object>(body: B, changed: object): Partial<B> {
  return Object.fromEntries(Object.entries(body).filter(([field]) => field in changed)) as Partial<B>;
}
