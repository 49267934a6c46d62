import { addMessages, type MessageKey as FirstKey, type KeysOf, translate } from ".";
import en from "./admin/en.json";

// Texts of tokens, the audit, usage, and what connects programs: they come with those pages.
await addMessages(en, () => import("./admin/zh.json"));

export type MessageKey = FirstKey | KeysOf<typeof en>;

export const t: (key: MessageKey, values?: Record<string, string | number>) => string = translate;
