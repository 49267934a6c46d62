import { ApiError } from "./client";
import { isSame } from "./same";

/** Something that others may change while it is looked at. */
export interface Versioned {
  version?: string | null;
}

/** Whether the server refused a change because it was decided on something that is not there any more. */
export function isChangedMeanwhile(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === "changed_meanwhile";
}

/** The header that binds a change to what was seen. */
export function ifMatch({ version }: Versioned): { "If-Match"?: string } {
  return version ? { "If-Match": `"${version}"` } : {};
}

interface Change<T extends Versioned> {
  /** What the change was decided on. */
  seen: T;
  /** The part of the thing that the change is about. */
  touched(thing: T): unknown;
  send(header: ReturnType<typeof ifMatch>): Promise<T>;
  /** The thing as it is now. */
  read(): Promise<T>;
  /** Hears what is there when the change is refused. */
  refused?(now: T): void;
}

/** While others are quicker so many times, the change is not made. */
const MOST_ATTEMPTS = 5;

/**
 * Makes a change that was decided on what was seen. When others changed something else meanwhile, it is sent again for what is
 * there now; when they changed the same, it is refused.
 */
export async function changeSeen<T extends Versioned>({ seen, touched, send, read, refused }: Change<T>): Promise<T> {
  let latest = seen;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(ifMatch(latest));
    } catch (error) {
      if (!isChangedMeanwhile(error)) throw error;
      latest = await read();
      if (attempt < MOST_ATTEMPTS && isSame(touched(latest), touched(seen))) continue;
      refused?.(latest);
      throw error;
    }
  }
}

/** The outcome of the newest change of each thing that is on its way. */
const newest = new Map<string, Promise<unknown>>();

/** Makes changes of one thing one after the other: the next one is decided on what came of the one before. */
export function inTurn<T>(name: string, change: (before: T | undefined) => Promise<T>): Promise<T> {
  const before = (newest.get(name) ?? Promise.resolve(undefined)) as Promise<T | undefined>;
  const turn = before.then(change);
  const outcome = turn.catch(() => undefined);
  newest.set(name, outcome);
  void outcome.then(() => {
    if (newest.get(name) === outcome) newest.delete(name);
  });
  return turn;
}
