interface Props {
  label: string;
  /** A unified diff. */
  text: string;
}

/** A difference line by line. Its signs say the same as its colours, and so do the elements. */
export function Diff({ label, text }: Props) {
  return (
    <pre
      role="region"
      aria-label={label}
      tabIndex={0}
      className="mt-2 max-h-96 overflow-auto rounded-lg border border-line py-1 font-mono text-xs"
    >
      {text
        .trimEnd()
        .split("\n")
        .map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a diff that was shown does not change.
          <Line key={index} line={line} />
        ))}
    </pre>
  );
}

function Line({ line }: { line: string }) {
  const shape = "block min-w-fit px-3 no-underline";
  if (line.startsWith("+++") || line.startsWith("---")) return <span className={`${shape} text-muted`}>{line}</span>;
  if (line.startsWith("@@")) return <span className={`${shape} bg-sunken text-muted`}>{line}</span>;
  if (line.startsWith("+")) return <ins className={`${shape} bg-ok-soft text-ok`}>{line}</ins>;
  if (line.startsWith("-")) return <del className={`${shape} bg-bad-soft text-bad`}>{line}</del>;
  return <span className={shape}>{line || " "}</span>;
}
