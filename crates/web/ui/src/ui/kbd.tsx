const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** Keys to press: `mod+k`, `g then i`, `?`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex gap-0.5">
      {keys.split(/[+ ]/).map((key, position) =>
        key === "then" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: keys are written once.
          <span key={position} className="text-muted">
            &nbsp;
          </span>
        ) : (
          <kbd
            // biome-ignore lint/suspicious/noArrayIndexKey: keys are written once.
            key={position}
            className="min-w-[1.5em] rounded border border-line bg-sunken px-1 text-center font-sans text-xs text-muted"
          >
            {key === "mod" ? (MAC ? "⌘" : "Ctrl") : key.length === 1 ? key.toUpperCase() : key}
          </kbd>
        ),
      )}
    </span>
  );
}
