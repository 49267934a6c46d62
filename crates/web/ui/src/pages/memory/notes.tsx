import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue, useState } from "react";
import { reread } from "@/api/cache";
import { addNote, type Memorial, notes } from "@/api/notes";
import { t } from "@/i18n/admin";
import { Avatar } from "@/ui/avatar";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Composer } from "@/ui/composer";
import { SearchField } from "@/ui/field";
import { Markdown } from "@/ui/markdown";
import { Loaded } from "@/ui/states";
import { Time } from "@/ui/time";
import { toast } from "@/ui/toast";

interface Props {
  of: Memorial;
  canWrite: boolean;
  /** The sign of an author, where there is one. */
  emoji?(author: string): string | undefined;
  /** Tags of what is written here. */
  tags?: string[];
  /** Below the field to write into. */
  below?: ReactNode;
}

/** What agents and people keep for later, to search and to add to. */
export default function Notes({ of, canWrite, emoji, tags = ["note"], below }: Props) {
  const [words, setWords] = useState("");
  const query = useInfiniteQuery({ ...notes(of, useDeferredValue(words)), placeholderData: keepPreviousData });
  const id = "board_id" in of ? of.board_id : of.group_id;
  const send = async (content: string) => {
    await addNote(of, content, tags);
    reread(["notes"]);
  };
  return (
    <>
      <div className="px-4 pb-2">
        <SearchField
          label={t("common.searchIn", { list: t("notes.title") })}
          placeholder={t("common.search")}
          value={words}
          onChange={setWords}
        />
      </div>
      <div
        role="region"
        aria-label={t("notes.title")}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto px-4 pb-2"
      >
        <Loaded query={query}>
          {({ pages }) => {
            const entries = pages.flatMap(({ items }) => items);
            return (
              <>
                {entries.length === 0 && (
                  <p className="py-10 text-center text-sm text-muted">
                    {t(words ? "common.nothingFound" : "notes.none")}
                  </p>
                )}
                {entries.map((note) => {
                  const author = note.source || t("common.person");
                  return (
                    <article key={note.id} className="border-b border-line py-3 last:border-0">
                      <p className="mb-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
                        <Avatar name={author} emoji={emoji?.(author)} size={20} />
                        <span className="font-medium">{author}</span>
                        <Time at={note.created_at} className="text-xs text-muted" />
                        {note.tags?.map((tag) => (
                          <Badge key={tag}>{tag}</Badge>
                        ))}
                      </p>
                      <div className="text-sm">
                        <Markdown text={note.content} />
                      </div>
                    </article>
                  );
                })}
                {query.hasNextPage && (
                  <Button
                    className="mt-3"
                    disabled={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage().catch(toast.error)}
                  >
                    {t("common.older")}
                  </Button>
                )}
              </>
            );
          }}
        </Loaded>
      </div>
      {canWrite && (
        <div className="flex flex-col gap-2 border-t border-line p-3">
          <Composer
            label={t("notes.add")}
            placeholder={t("notes.placeholder")}
            names={[]}
            draft={`notes ${id}`}
            send={send}
          />
          {below}
        </div>
      )}
    </>
  );
}
