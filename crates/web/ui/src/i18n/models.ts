import { addMessages, type KeysOf, translate } from ".";
import type { MessageKey as OtherKey } from "./more";
import "./more";
import en from "./models/en.json";

// Texts of the models that agents think with: they come with what chooses them.
await addMessages(en, () => import("./models/zh.json"));

export type MessageKey = OtherKey | KeysOf<typeof en>;

export const t: (key: MessageKey, values?: Record<string, string | number>) => string = translate;
