import { addMessages, filled } from ".";
import en from "./problems/en.json";

// Texts about failures: they come with the first failure, not before.
await addMessages(en, () => import("./problems/zh.json"));

/** What a failure is about, as the server tells it to programs. */
type Params = Record<string, unknown>;

/** What a person reads of a failure: our own words for its code, or else the server's. */
export function sentence(code: string, params: Params, detail: string): string {
  const what = typeof params.what === "string" ? (filled(`thing.${params.what}`) ?? params.what) : undefined;
  return filled(`problem.${code}`, { ...plain(params), ...(what ? { what } : {}), detail }) ?? detail;
}

/** What a person reads of one wrong field. */
export function faultWords(type: string | undefined, ctx: Params | undefined, msg: string): string {
  return filled(`fault.${type}`, { ...plain(ctx ?? {}), msg }) ?? msg;
}

/** The values that can stand in a sentence. */
function plain(params: Params): Record<string, string | number> {
  const shown = Object.entries(params).flatMap(([name, value]): [string, string | number][] => {
    if (typeof value === "string" || typeof value === "number") return [[name, value]];
    return Array.isArray(value) && value.length > 0 ? [[name, value.join(", ")]] : [];
  });
  return Object.fromEntries(shown);
}
