import { useEffect, useState } from "react";
import { parseTime } from "./time";

interface Props {
  until: string;
  /** What is shown with the time that is left, such as `1:05`. */
  words(left: string): string;
  /** What is shown when it is over. */
  over: string;
  className?: string;
}

/** The time that is left, second by second. */
export function Countdown({ until, words, over, className }: Props) {
  const end = parseTime(until).getTime();
  const [now, setNow] = useState(Date.now);
  const isOver = now >= end;
  useEffect(() => {
    if (isOver) return;
    const timer = window.setInterval(() => setNow(Date.now()), 1000);
    return () => window.clearInterval(timer);
  }, [isOver]);
  return (
    // It is not read aloud every second.
    <time dateTime={new Date(end).toISOString()} aria-live="off" className={className}>
      {isOver ? over : words(clock(end - now))}
    </time>
  );
}

/** `1:05`, `2:03:04`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
