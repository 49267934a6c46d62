import clsx from "clsx";
import { Dot, type Tone } from "./badge";

/** Grounds with white letters at AA contrast. */
const GROUNDS = ["#4f46e5", "#0f766e", "#b45309", "#be185d", "#1d4ed8", "#6d28d9", "#15803d", "#9f1239"];

interface Props {
  name: string;
  size?: number;
  /** A dot that says how it is. */
  tone?: Tone;
  emoji?: string;
}

export function Avatar({ name, size = 20, tone, emoji }: Props) {
  const hash = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7);
  const letters = name
    .split(/\s+/)
    .map((word) => word[0] ?? "")
    .join("")
    .slice(0, 2)
    .toUpperCase();
  return (
    <span aria-hidden className="relative inline-flex shrink-0">
      <span
        // Letters are no text: they would be read out, and searched for.
        data-letters={emoji ?? letters}
        className={clsx(
          "flex items-center justify-center rounded-full font-semibold before:content-[attr(data-letters)]",
          emoji ? "bg-sunken" : "text-white",
        )}
        style={{
          width: size,
          height: size,
          fontSize: size * (emoji ? 0.6 : 0.42),
          backgroundColor: emoji ? undefined : GROUNDS[hash % GROUNDS.length],
        }}
      />
      {tone && <Dot tone={tone} className="absolute -bottom-0.5 -right-0.5 border-2 border-surface !size-2.5" />}
    </span>
  );
}
