import clsx from "clsx";
import { type ReactNode, useId } from "react";
import { Count } from "./badge";

interface Option<T extends string> {
  value: T;
  label: string;
  icon?: ReactNode;
  /** How many there are that deserve attention. */
  count?: number;
}

interface Props<T extends string> {
  label: string;
  value: T;
  options: readonly Option<T>[];
  onChange(value: T): void;
  /** Icons alone on narrow screens. */
  compact?: boolean;
}

/** A choice between a few views of the same thing: radio buttons that look like one control. */
export function Segmented<T extends string>({ label, value, options, onChange, compact }: Props<T>) {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="inline-flex h-8 max-w-full items-center gap-0.5 overflow-x-auto rounded-lg bg-sunken p-0.5 pointer-coarse:h-10"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={clsx(
            "relative inline-flex h-full items-center gap-1.5 rounded-md px-2.5 text-sm font-medium whitespace-nowrap text-muted select-none max-sm:px-2",
            "hover:text-fg has-checked:bg-surface has-checked:text-fg has-checked:shadow-1",
            "has-focus-visible:outline-2 has-focus-visible:outline-focus dark:has-checked:bg-hover",
          )}
        >
          <input
            type="radio"
            name={name}
            className="absolute inset-0 cursor-pointer opacity-0"
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.icon}
          <span className={clsx(compact && "max-lg:sr-only")}>{option.label}</span>
          {option.count ? <Count n={option.count} tone="bad" /> : null}
        </label>
      ))}
    </div>
  );
}
