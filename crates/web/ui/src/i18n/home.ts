import { addMessages, type MessageKey as FirstKey, type KeysOf, translate } from ".";
import en from "./home/en.json";

// Texts of the dashboard and of the inbox: they come with those pages.
await addMessages(en, () => import("./home/zh.json"));

export type MessageKey = FirstKey | KeysOf<typeof en>;

export const t: (key: MessageKey, values?: Record<string, string | number>) => string = translate;
