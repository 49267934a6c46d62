import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

const LOOKS = {
  primary: "bg-accent text-accent-fg hover:bg-accent-hover shadow-1",
  secondary: "bg-surface text-fg border border-line-strong hover:bg-hover shadow-1",
  ghost: "text-muted hover:bg-hover hover:text-fg",
  danger: "bg-bad-solid text-white hover:brightness-110 shadow-1",
} as const;

const SIZES = {
  sm: "h-7 px-2.5 text-sm gap-1.5 rounded-md pointer-coarse:h-9",
  md: "h-8 px-3 text-sm gap-1.5 rounded-lg pointer-coarse:h-10",
} as const;

interface Look {
  look?: keyof typeof LOOKS;
  size?: keyof typeof SIZES;
}

/** The classes of a button, for links that look like one. */
export function buttonClass({ look = "secondary", size = "md" }: Look = {}, extra?: string) {
  return clsx(
    "inline-flex shrink-0 items-center justify-center font-medium whitespace-nowrap transition-colors select-none",
    "disabled:opacity-50 disabled:cursor-not-allowed aria-disabled:opacity-50",
    LOOKS[look],
    SIZES[size],
    extra,
  );
}

export function Button({ look, size, className, type = "button", ...rest }: ComponentProps<"button"> & Look) {
  return <button type={type} className={buttonClass({ look, size }, className)} {...rest} />;
}

interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label" | "children"> {
  label: string;
  icon: ReactNode;
  /** Keys that do the same, shown beside the label. */
  keys?: string;
}

/** A button without text: its label is its tooltip. */
export function IconButton({ label, icon, keys, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={label}
      data-keys={keys}
      className={clsx(
        "inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted transition-colors",
        "hover:bg-hover hover:text-fg disabled:opacity-40 data-[state=open]:bg-hover pointer-coarse:size-10",
        className,
      )}
      {...rest}
    >
      {icon}
    </button>
  );
}
