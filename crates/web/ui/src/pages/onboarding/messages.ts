import type { Onboarding } from "@/api/types";

export interface Message {
  role: "user" | "assistant";
  content: string;
}

export interface Question {
  question: string;
  options: { id: string; label: string }[];
}

export function messagesOf({ messages }: Onboarding): Message[] {
  return (messages ?? []).flatMap((message) => {
    const { role, content } = message as { role?: unknown; content?: unknown };
    return typeof content === "string"
      ? [{ role: role === "assistant" ? "assistant" : "user", content } satisfies Message]
      : [];
  });
}

/** Agents ask in JSON, some of them in a fence. */
export function questionOf(content: string): Question | undefined {
  const text = /```(?:json)?\s*([\s\S]*?)```/.exec(content)?.[1] ?? content;
  try {
    const { question, options } = JSON.parse(text) as { question?: unknown; options?: unknown };
    if (typeof question !== "string") return undefined;
    const known = Array.isArray(options) ? options : [];
    return { question, options: known.map((option, index) => toOption(option, index)) };
  } catch {
    return undefined;
  }
}

function toOption(option: unknown, index: number): { id: string; label: string } {
  if (typeof option === "string") return { id: String(index), label: option };
  const { id, label } = (option ?? {}) as { id?: unknown; label?: unknown };
  return { id: String(id ?? index), label: String(label ?? id ?? index) };
}
