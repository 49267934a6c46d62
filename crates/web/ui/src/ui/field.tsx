import clsx from "clsx";
import {
  type ComponentProps,
  cloneElement,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string;
  required?: boolean;
  /** One control: it gets the label, the hint and the error. */
  children: ReactElement<{ id?: string; "aria-describedby"?: string; "aria-invalid"?: boolean; required?: boolean }>;
  className?: string;
}

/** A control with its label, hint and error, tied together for everybody. */
export function Field({ label, hint, error, required, children, className }: FieldProps) {
  const id = useId();
  const note = hint || error ? `${id}-note` : undefined;
  return (
    <div className={clsx("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {required && (
          <span aria-hidden className="text-bad">
            {" "}
            *
          </span>
        )}
      </label>
      {cloneElement(children, { id, "aria-describedby": note, "aria-invalid": error ? true : undefined, required })}
      {note && (
        <p id={note} className={clsx("text-xs", error ? "text-bad" : "text-muted")}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

const CONTROL =
  "w-full rounded-lg border border-line-strong bg-surface px-2.5 text-sm text-fg shadow-1 transition-colors " +
  "hover:border-muted focus:border-focus focus:outline-2 focus:-outline-offset-1 focus:outline-focus " +
  "aria-invalid:border-bad-dot disabled:bg-sunken disabled:text-muted";

/** For controls among text: the frame appears when somebody comes near. */
const QUIET =
  "w-full rounded-lg border border-transparent bg-transparent px-2 text-sm text-fg transition-colors hover:bg-hover " +
  "focus:border-focus focus:outline-2 focus:-outline-offset-1 focus:outline-focus disabled:hover:bg-transparent";

interface Quiet {
  quiet?: boolean;
}

/** The classes of a control of one line: all are of the same height. */
export function controlClass(quiet?: boolean) {
  return clsx(quiet ? QUIET : CONTROL, "h-8 pointer-coarse:h-10");
}

export function Input({ className, quiet, ...rest }: ComponentProps<"input"> & Quiet) {
  return <input className={clsx(controlClass(quiet), className)} {...rest} />;
}

export function Textarea({ className, rows = 4, ...rest }: ComponentProps<"textarea">) {
  return <textarea rows={rows} className={clsx(CONTROL, "resize-y py-1.5 leading-normal", className)} {...rest} />;
}

export function Select({ className, quiet, ...rest }: ComponentProps<"select"> & Quiet) {
  return <select className={clsx("select", controlClass(quiet), className)} {...rest} />;
}

export function Checkbox({ label, className, ...rest }: Omit<ComponentProps<"input">, "type"> & { label: ReactNode }) {
  return (
    <label className={clsx("flex items-start gap-2 text-sm", className)}>
      <input type="checkbox" className="mt-[3px] size-4 shrink-0 accent-(--accent)" {...rest} />
      <span>{label}</span>
    </label>
  );
}

interface SearchFieldProps extends Omit<ComponentProps<"input">, "value" | "onChange" | "type"> {
  label: string;
  value: string;
  onChange(text: string): void;
}

/** Time without a letter after which a search begins. */
const PAUSE_MS = 120;

/**
 * A field to search with. Letters appear as they are typed, also those that an input method composes; `onChange` hears of
 * them when typing pauses, so that it may take its time.
 */
export function SearchField({ label, value, onChange, ...rest }: SearchFieldProps) {
  const [{ typed, seen }, setState] = useState({ typed: value, seen: value });
  const told = useRef<string[]>([]);
  const timer = useRef<number>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  // What comes back was told from here, or it was changed elsewhere and is taken over.
  if (value !== seen) setState({ typed: told.current.includes(value) ? typed : value, seen: value });
  const tell = (text: string) => {
    told.current = [...told.current.slice(-9), text];
    onChange(text);
  };
  const type = (text: string, composing: boolean) => {
    setState({ typed: text, seen });
    window.clearTimeout(timer.current);
    if (!composing) timer.current = window.setTimeout(() => tell(text), PAUSE_MS);
  };
  return (
    <Input
      type="search"
      aria-label={label}
      value={typed}
      onChange={(event) => type(event.target.value, (event.nativeEvent as InputEvent).isComposing)}
      onCompositionEnd={(event) => type(event.currentTarget.value, false)}
      {...rest}
    />
  );
}
