import clsx from "clsx";
import { Dot, type Tone } from "./badge";

interface Props {
  name: string;
  size?: number;
  /** A dot that says how it is. */
  tone?: Tone;
  emoji?: string;
}

export function Avatar({ name, size = 20, tone, emoji }: Props) {
  const letters = name
    .split(/\s+/)
    .map((word) => word[0] ?? "")
    .join("")
    .slice(0, 2)
    .toUpperCase();
  const color = colorOf(name);
  return (
    <span aria-hidden className="relative inline-flex shrink-0">
      <span
        // Letters are no text: they would be read out, and searched for.
        data-letters={emoji ?? letters}
        className={clsx(
          "flex items-center justify-center rounded-full font-semibold before:content-[attr(data-letters)]",
          emoji ? "text-fg" : "text-white",
        )}
        style={{
          width: size,
          height: size,
          fontSize: size * (emoji ? 0.58 : 0.42),
          backgroundColor: emoji ? `color-mix(in oklab, ${color} 30%, var(--surface))` : color,
        }}
      />
      {tone && (
        <Dot
          tone={tone}
          className={clsx(
            "absolute border-surface",
            size < 24 ? "-bottom-0.5 -right-0.5 !size-2 border" : "-bottom-0.5 -right-0.5 !size-2.5 border-2",
          )}
        />
      )}
    </span>
  );
}

/** A colour of its own for every name: names that differ little get hues that differ much. White on it has AA contrast. */
export function colorOf(name: string): string {
  const hash = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7);
  // The golden angle: no two steps of it meet soon.
  return `oklch(${0.46 + (hash % 3) * 0.03} 0.125 ${Math.round((hash * 137.508) % 360)})`;
}
