interface Props {
  label: string;
  children: string;
}

/** A file or some data, as it is. */
export function Code({ label, children }: Props) {
  return (
    <pre
      role="region"
      aria-label={label}
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-lg bg-sunken p-3 font-mono text-xs whitespace-pre-wrap wrap-anywhere"
    >
      {children}
    </pre>
  );
}
