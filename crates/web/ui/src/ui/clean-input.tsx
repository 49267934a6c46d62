import { type ComponentProps, useLayoutEffect, useRef, useState } from "react";
import { Input } from "./field";

interface Props extends Omit<ComponentProps<"input">, "value" | "onChange" | "type"> {
  value: string;
  /** What may stand there of what was typed. */
  clean(text: string): string;
  type(text: string): void;
}

/** A field that takes some characters only. The cursor stays where it is, and characters are composed before they are judged. */
export function CleanInput({ value, clean, type, ...rest }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [composed, setComposed] = useState<string>();
  const [cursor, setCursor] = useState<{ at: number }>();
  useLayoutEffect(() => {
    if (cursor && field.current === document.activeElement) field.current?.setSelectionRange(cursor.at, cursor.at);
  }, [cursor]);
  const take = (input: HTMLInputElement) => {
    const before = input.value.slice(0, input.selectionStart ?? input.value.length);
    setComposed(undefined);
    setCursor({ at: clean(before).length });
    type(clean(input.value));
  };
  return (
    <Input
      ref={field}
      value={composed ?? value}
      onChange={(event) => {
        if ((event.nativeEvent as InputEvent).isComposing) setComposed(event.target.value);
        else take(event.target);
      }}
      onCompositionEnd={(event) => take(event.currentTarget)}
      {...rest}
    />
  );
}
