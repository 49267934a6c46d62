import { t } from "@/i18n";
import { Button } from "./button";

interface Props {
  offset: number;
  /** Rows of a full page. */
  size: number;
  /** Rows that are shown. */
  shown: number;
  total: number;
  go(offset: number): void;
}

/** From page to page of a list, newest first. A single page needs none. */
export function Pager({ offset, size, shown, total, go }: Props) {
  if (total <= size && offset === 0) return null;
  return (
    <nav aria-label={t("common.pages")} className="mt-4 flex items-center gap-2 text-sm">
      <Button disabled={offset === 0} onClick={() => go(Math.max(0, offset - size))}>
        {t("common.newer")}
      </Button>
      <Button disabled={offset + size >= total} onClick={() => go(offset + size)}>
        {t("common.older")}
      </Button>
      <span className="text-muted tabular-nums">
        {offset + 1}–{offset + shown} / {total}
      </span>
    </nav>
  );
}
