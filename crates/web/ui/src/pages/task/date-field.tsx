import { type ComponentProps, useRef, useState } from "react";
import { Input } from "@/ui/field";

interface Props extends Omit<ComponentProps<typeof Input>, "value" | "onChange"> {
  /** `YYYY-MM-DD`, or empty. */
  value: string;
  choose(day: string): void;
}

/** A day that is typed or picked. Typing tells of it with Enter or when the field is left, not with every digit. */
export function DateField({ value, choose, ...rest }: Props) {
  const [draft, setDraft] = useState<string>();
  const typing = useRef(false);
  const settle = (day: string | undefined) => {
    setDraft(undefined);
    if (day !== undefined && day !== value && isPlausible(day)) choose(day);
  };
  return (
    <Input
      quiet
      type="date"
      min="1900-01-01"
      max="9999-12-31"
      value={draft ?? value}
      onKeyDown={(event) => {
        typing.current = event.key !== "Enter";
        if (event.key === "Enter") settle(draft);
        if (event.key === "Escape" && draft !== undefined) {
          event.preventDefault();
          setDraft(undefined);
        }
      }}
      onPointerDown={() => {
        typing.current = false;
      }}
      onBlur={() => settle(draft)}
      onChange={(event) => (typing.current ? setDraft(event.target.value) : settle(event.target.value))}
      {...rest}
    />
  );
}

/** While a year is being typed, its first digits are a year of antiquity. */
function isPlausible(day: string): boolean {
  return day === "" || (day >= "1900-01-01" && day <= "9999-12-31");
}
