import { useState } from "react";

/** What was typed and not yet sent, by the name of its field. Kept for this tab, also over a reload. */
const PREFIX = "mc.draft.";
/** A longer text is kept only as long as its page is open: the browser's store has about five million characters. */
const MOST_CHARACTERS = 200_000;

const drafts = new Map<string, string>();

export function readDraft(name: string): string | undefined {
  return drafts.get(name) ?? sessionStorage.getItem(PREFIX + name) ?? undefined;
}

export function writeDraft(name: string, text: string | undefined) {
  if (text === undefined) {
    drafts.delete(name);
    sessionStorage.removeItem(PREFIX + name);
    return;
  }
  drafts.set(name, text);
  try {
    if (text.length <= MOST_CHARACTERS) sessionStorage.setItem(PREFIX + name, text);
  } catch {
    // A full store is no reason to refuse a letter; the map has the text.
  }
}

/** Throws away everything that was typed in this tab: whoever signs in next did not type it. */
export function forgetDrafts() {
  drafts.clear();
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
}

/**
 * The text that somebody types into the field `name`, if any was begun: it outlives the field, the page and a reload, until it
 * is sent or thrown away by setting `undefined`.
 */
export function useDraft(name: string): [string | undefined, (text: string | undefined) => void] {
  const [state, setState] = useState(() => ({ name, text: readDraft(name) }));
  const set = (text: string | undefined) => {
    writeDraft(name, text);
    setState({ name, text });
  };
  return [state.name === name ? state.text : readDraft(name), set];
}
