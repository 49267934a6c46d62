import { useEffect, useRef } from "react";
import { t } from "@/i18n";
import { Avatar } from "./avatar";
import { Markdown } from "./markdown";
import { Time } from "./time";

interface Message {
  id: string;
  content: string;
  source?: string | null;
  created_at: string;
}

interface Props {
  messages: Message[];
  empty: string;
  /** The sign of an author, where there is one. */
  emoji?(author: string): string | undefined;
}

/** A conversation, oldest first. It follows its end unless somebody reads further up. */
export function Messages({ messages, empty, emoji }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const sorted = messages.toSorted((a, b) => a.created_at.localeCompare(b.created_at));
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the end when there are more messages.
  useEffect(() => {
    if (atEnd.current) scroller.current?.scrollTo(0, scroller.current.scrollHeight);
  }, [messages.length]);
  return (
    <div
      ref={scroller}
      role="log"
      tabIndex={0}
      aria-label={t("chat.messages")}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < 60;
      }}
      className="min-h-0 flex-1 overflow-y-auto px-4 py-2"
    >
      {sorted.length === 0 && <p className="py-10 text-center text-sm text-muted">{empty}</p>}
      {sorted.map((message) => {
        const author = message.source || t("common.person");
        return (
          <article key={message.id} className="flex gap-2.5 py-2">
            <Avatar name={author} emoji={emoji?.(author)} size={26} />
            <div className="min-w-0 flex-1">
              <p className="flex items-baseline gap-2 text-sm">
                <span className="font-medium">{author}</span>
                <Time at={message.created_at} className="text-xs text-muted" />
              </p>
              <div className="text-sm">
                <Markdown text={message.content} />
              </div>
            </div>
          </article>
        );
      })}
    </div>
  );
}
