import { addMessages, type KeysOf, translate } from ".";
import type { MessageKey as OtherKey } from "./more";
import "./more";
import en from "./signing/en.json";

// Texts of passkeys, Clerk and letters: they come with the pages on which people sign in, with the passkeys of a person, and with
// invitations.
await addMessages(en, () => import("./signing/zh.json"));

export type MessageKey = OtherKey | KeysOf<typeof en>;

export const t: (key: MessageKey, values?: Record<string, string | number>) => string = translate;
