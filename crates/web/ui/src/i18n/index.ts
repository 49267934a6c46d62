import { useSyncExternalStore } from "react";
import en from "./en.json";

/** `section.name`, for every text of a message file. */
export type KeysOf<Messages> = {
  [Section in keyof Messages & string]: `${Section}.${keyof Messages[Section] & string}`;
}[keyof Messages & string];
export type MessageKey = KeysOf<typeof en>;

type Values = Record<string, string | number>;
type Plural = { one?: string; other: string };
type Messages = Record<string, Record<string, string | Plural>>;

/** Texts in English, which is always there, and how to get the Chinese ones. */
interface Book {
  en: Messages;
  zh(): Promise<{ default: Messages }>;
}

export type Locale = "en" | "zh";

export const LOCALES: Record<Locale, string> = { en: "English", zh: "中文" };

const STORAGE_KEY = "mc.locale";
let locale: Locale = "en";
const books: Book[] = [];
let messages: Messages = {};
let plurals = new Intl.PluralRules("en");
const listeners = new Set<() => void>();

/** The language that the person chose, or else the browser's. */
export function preferredLocale(): Locale {
  const chosen = localStorage.getItem(STORAGE_KEY);
  if (chosen === "en" || chosen === "zh") return chosen;
  return navigator.languages.some((tag) => tag.startsWith("zh")) && !navigator.language.startsWith("en") ? "zh" : "en";
}

async function read(book: Book, language: Locale): Promise<Messages> {
  return language === "en" ? book.en : (await book.zh()).default;
}

/** Adds the texts of further pages. Both files say the same: the compiler finds what one of them lacks. */
export async function addMessages<M extends Messages>(english: M, zh: () => Promise<{ default: NoInfer<M> }>) {
  const book = { en: english, zh };
  books.push(book);
  Object.assign(messages, await read(book, locale));
}

/** Loads the texts of a language and shows them. */
export async function setLocale(next: Locale, remember = true) {
  const texts = await Promise.all(books.map((book) => read(book, next)));
  messages = Object.assign({}, ...texts) as Messages;
  locale = next;
  plurals = new Intl.PluralRules(next);
  document.documentElement.lang = next === "zh" ? "zh-CN" : "en";
  if (remember) localStorage.setItem(STORAGE_KEY, next);
  listeners.forEach((listener) => listener());
}

export function currentLocale(): Locale {
  return locale;
}

/** Shows the component again when the language changes. */
export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, currentLocale);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** A text in the language of the person. `{name}` is filled in; `count` chooses between singular and plural. */
export const t: (key: MessageKey, values?: Values) => string = translate;

/** The same for any key; each message file has a `t` that knows its keys. */
export function translate(key: string, values: Values = {}): string {
  return fill(textOf(key, values) ?? key, values);
}

/** The text of this key, if there is one and all its places can be filled in. */
export function filled(key: string, values: Values = {}): string | undefined {
  const text = textOf(key, values);
  const lacking = text?.match(PLACES)?.some((place) => values[place.slice(1, -1)] === undefined);
  return text === undefined || lacking ? undefined : fill(text, values);
}

const PLACES = /\{(\w+)\}/g;

function fill(text: string, values: Values): string {
  return text.replace(PLACES, (_, field: string) => String(values[field] ?? ""));
}

function textOf(key: string, values: Values): string | undefined {
  const [section = "", name = ""] = key.split(".");
  const message = messages[section]?.[name];
  if (message === undefined || typeof message === "string") return message;
  return pick(message, values.count) ?? message.other;
}

function pick(message: Plural, count: string | number | undefined) {
  return plurals.select(Number(count ?? 0)) === "one" ? message.one : message.other;
}

void addMessages(en, () => import("./zh.json"));
