/** A field of something that was changed: how it was, and how it is now. */
export interface Change {
  field: string;
  /** Absent where there was nothing, or there is nothing any more. */
  before?: string;
  after?: string;
}

/** What the two sides of an entry differ in, in the order of their fields. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names.map((field) => ({ field, before: shown(was[field]), after: shown(is[field]) }));
}

function fieldsOf(side: unknown): Record<string, unknown> {
  if (side === null || side === undefined) return {};
  if (typeof side === "object" && !Array.isArray(side)) return side as Record<string, unknown>;
  return { "": side };
}

/** A value as people read it. */
function shown(value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  return typeof value === "string" ? value : JSON.stringify(value, null, typeof value === "object" ? 2 : undefined);
}
