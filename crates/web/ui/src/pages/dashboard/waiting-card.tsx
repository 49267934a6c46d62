import { Link, useNavigate } from "@tanstack/react-router";
import { CheckCheck } from "lucide-react";
import { t } from "@/i18n/home";
import { Card } from "@/ui/page";
import { Failure } from "@/ui/states";
import { arranged } from "../inbox/groups";
import { ItemRow } from "../inbox/item-row";
import type { useInbox } from "../inbox/items";

/** The first of what waits for the person. */
export function WaitingCard({ inbox: { items, error } }: { inbox: ReturnType<typeof useInbox> }) {
  const navigate = useNavigate();
  return (
    <Card className="flex min-h-0 min-w-0 flex-col overflow-hidden">
      <header className="flex items-center justify-between px-4 py-3">
        <h2 className="text-sm">{t("dashboard.waiting")}</h2>
        <Link to="/inbox" className="rounded text-sm text-accent-text hover:underline">
          {t("dashboard.openInbox")}
        </Link>
      </header>
      {error ? <Failure error={error} /> : null}
      {error && items.length === 0 ? null : items.length === 0 ? (
        <p className="flex items-center gap-2 px-4 pb-5 text-sm text-muted">
          <CheckCheck size={16} className="text-ok-dot" />
          {t("inbox.emptyTitle")}
        </p>
      ) : (
        <ul className="min-h-0 overflow-y-auto border-t border-line">
          {arranged(items)
            .slice(0, 5)
            .map((item) => (
              <ItemRow
                key={item.id}
                item={item}
                plain
                open={() => void navigate({ to: "/inbox", search: { item: item.id } })}
              />
            ))}
        </ul>
      )}
    </Card>
  );
}
