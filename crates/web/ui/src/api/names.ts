const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Compares texts as people count: `Agent 2` comes before `Agent 10`. */
export const naturally = collator.compare;

/** Compares things by their names. */
export const byName = (a: { name: string }, b: { name: string }) => collator.compare(a.name, b.name);
