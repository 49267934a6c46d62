import { SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { t } from "@/i18n";
import { Avatar } from "./avatar";
import { Button } from "./button";
import { useDraft } from "./draft";
import { Textarea } from "./field";
import { toast } from "./toast";

interface Props {
  label: string;
  placeholder: string;
  /** Who can be mentioned. */
  names: string[];
  send(text: string): Promise<unknown>;
  /** What is typed is kept under this name until it is sent. */
  draft: string;
  autoFocus?: boolean;
}

/** The name after an `@` that is being typed at the end of the text. In scripts without blanks it may follow a word. */
const MENTION = /(^|[^\p{Script=Latin}\p{N}_./@])@([\p{L}\p{N}_-]*)$/u;

/** A field to say something in. Enter sends, Shift+Enter begins a line, `@` offers names. */
export function Composer({ label, placeholder, names, send, draft, autoFocus }: Props) {
  const [text = "", keep] = useDraft(`say.${draft}`);
  const [busy, setBusy] = useState(false);
  const [at, setAt] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const setText = (next: string) => keep(next || undefined);
  const typed = MENTION.exec(text)?.[2]?.toLowerCase();
  const offered =
    typed === undefined
      ? []
      : ["lead", ...names.map((name) => name.trim().replace(/\s+/g, "-"))]
          .filter((name, index, all) => all.indexOf(name) === index && name.toLowerCase().startsWith(typed))
          .filter((name) => name.toLowerCase() !== typed)
          .slice(0, 6);
  const mention = (name: string) => {
    setText(text.replace(MENTION, `$1@${name} `));
    setAt(0);
    field.current?.focus();
  };
  const submit = async () => {
    if (!text.trim() || busy) return;
    setBusy(true);
    try {
      await send(text.trim());
      setText("");
    } catch (error) {
      toast.error(error);
    } finally {
      setBusy(false);
      field.current?.focus();
    }
  };
  const press = (event: KeyboardEvent) => {
    if (offered.length > 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : offered.length - 1;
      return setAt((at + step) % offered.length);
    }
    if (event.key === "Tab" && !event.shiftKey && offered[at]) {
      event.preventDefault();
      return mention(offered[at]);
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    const chosen = offered[at];
    if (chosen) mention(chosen);
    else void submit();
  };
  return (
    <div className="relative">
      {offered.length > 0 && (
        <ul
          aria-label={t("common.mentions")}
          className="absolute bottom-full left-0 z-10 mb-1 w-56 rounded-lg border border-line bg-raised p-1 shadow-2"
        >
          {offered.map((name, index) => (
            <li key={name}>
              <button
                type="button"
                tabIndex={-1}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => mention(name)}
                className={`flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left text-sm ${index === at ? "bg-hover" : ""}`}
              >
                <Avatar name={name} size={18} />@{name}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Textarea
        ref={field}
        aria-label={label}
        placeholder={placeholder}
        rows={2}
        autoFocus={autoFocus}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
        className="pr-12"
      />
      <Button
        look={text.trim() ? "primary" : "ghost"}
        size="sm"
        aria-label={t("common.send")}
        disabled={busy || !text.trim()}
        onClick={() => void submit()}
        className="absolute bottom-3 right-2 !px-2"
      >
        <SendHorizontal size={14} />
      </Button>
    </div>
  );
}
