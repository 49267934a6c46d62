import { addMessages, type KeysOf, translate } from ".";
import type { MessageKey as OtherKey } from "./more";
import "./more";
import en from "./rules/en.json";

// Texts of the rules for commands: they come with their page.
await addMessages(en, () => import("./rules/zh.json"));

export type MessageKey = OtherKey | KeysOf<typeof en>;

export const t: (key: MessageKey, values?: Record<string, string | number>) => string = translate;
