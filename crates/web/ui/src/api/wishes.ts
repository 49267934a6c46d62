/** What can be changed before the server has confirmed it. */
interface Thing {
  id: string;
}

interface Pending {
  /** The thing as the server has it. */
  served: Thing;
  patches: object[];
}

/** Things with changes that are shown already and that the server has not confirmed yet. */
const pending = new Map<string, Pending>();

/** Notes a change that is on its way to the server; `served` is the thing as it was shown before. */
export function addWish<T extends Thing>(served: T, patch: Partial<T>) {
  const known = pending.get(served.id) ?? { served, patches: [] };
  pending.set(served.id, { ...known, patches: [...known.patches, patch] });
}

/**
 * Drops a change, because it arrived or was refused. Answers the thing as it is to be shown now; nothing when it is gone, or the
 * change was not known.
 */
export function removeWish<T extends Thing>(id: string, patch: Partial<T>): T | undefined {
  const known = pending.get(id);
  if (!known) return undefined;
  const left = known.patches.filter((other) => other !== patch);
  if (left.length > 0) pending.set(id, { ...known, patches: left });
  else pending.delete(id);
  return Object.assign({}, known.served as T, ...left);
}

/** The part of a thing that a change touches. */
export function touchedBy<T extends Thing>(patch: Partial<T>, thing: T | undefined): Partial<T> {
  if (!thing) return {};
  const fields = Object.keys(patch) as (keyof T)[];
  return Object.fromEntries(fields.map((field) => [field, thing[field]])) as Partial<T>;
}

/** News of a thing, as the person wants to see it: they do not undo what is still on its way to the server. */
export function withWishes<T extends Thing>(thing: T): T {
  const known = pending.get(thing.id);
  if (!known) return thing;
  pending.set(thing.id, { ...known, served: thing });
  return Object.assign({}, thing, ...known.patches);
}

/** There is nothing left to change: the thing is gone. */
export function dropWishes(id: string) {
  pending.delete(id);
}
