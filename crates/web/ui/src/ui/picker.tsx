import clsx from "clsx";
import { ChevronsUpDown } from "lucide-react";
import { type ComponentProps, cloneElement, type ReactElement, Suspense, useState } from "react";
import type { ChoicesProps } from "./choices";
import { controlClass } from "./field";
import { lazily } from "./lazily";

/** The list comes when somebody is about to open it: most are never opened. */
const Opened = lazily(() => import("./choices"));

interface PickerProps extends ChoicesProps {
  trigger: ReactElement<ComponentProps<"button">>;
  /** Somebody is about to open it. */
  near?(): void;
}

/** Choose one or several of many, by typing. */
export function Picker({ trigger, near, ...choices }: PickerProps) {
  const [open, setOpen] = useState<boolean>();
  const load = () => {
    void Opened.preload?.();
    near?.();
  };
  const closed = cloneElement(trigger, {
    "aria-haspopup": "dialog",
    "aria-expanded": false,
    onPointerEnter: load,
    onFocus: load,
    onClick: () => setOpen(true),
  });
  if (open === undefined) return closed;
  return (
    <Suspense fallback={closed}>
      <Opened
        {...choices}
        trigger={near ? cloneElement(trigger, { onPointerEnter: near, onFocus: near }) : trigger}
        open={open}
        onOpenChange={setOpen}
      />
    </Suspense>
  );
}

interface PickFieldProps extends Omit<ComponentProps<"button">, "value" | "onChange"> {
  label: string;
  options: ChoicesProps["options"];
  value: string;
  choose(id: string): void;
  /** Among text: the frame appears when somebody comes near. */
  quiet?: boolean;
  required?: boolean;
}

/** A field for one of many, where a select would be too long to look through. */
export function PickField({ label, options, value, choose, quiet, required, className, ...rest }: PickFieldProps) {
  const current = options.find(({ id }) => id === value);
  return (
    <Picker
      single
      label={label}
      options={options}
      chosen={[value]}
      onChange={([id]) => id !== undefined && id !== value && choose(id)}
      trigger={
        <button
          type="button"
          // biome-ignore lint/a11y/useAriaPropsForRole: what opens it says whether it is open.
          role="combobox"
          aria-required={required}
          className={clsx(controlClass(quiet), "flex items-center gap-2 text-left", className)}
          {...rest}
        >
          {current?.icon && <span className="flex w-5 shrink-0 justify-center">{current.icon}</span>}
          <span className="min-w-0 flex-1 truncate">{current?.label ?? ""}</span>
          <ChevronsUpDown size={13} className="shrink-0 text-muted" />
        </button>
      }
    />
  );
}
