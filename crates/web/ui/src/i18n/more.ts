import { addMessages, type MessageKey as FirstKey, type KeysOf, translate } from ".";
import en from "./more/en.json";

// Texts of the pages that are not the first ones: they come with the pages, not before.
await addMessages(en, () => import("./more/zh.json"));

export type MessageKey = FirstKey | KeysOf<typeof en>;

export const t: (key: MessageKey, values?: Record<string, string | number>) => string = translate;
