import { addMessages, type MessageKey as FirstKey, type KeysOf, translate } from ".";
import en from "./board/en.json";

// Texts of the board: they come with it, not with the first page.
await addMessages(en, () => import("./board/zh.json"));

export type MessageKey = FirstKey | KeysOf<typeof en>;

export const t: (key: MessageKey, values?: Record<string, string | number>) => string = translate;
