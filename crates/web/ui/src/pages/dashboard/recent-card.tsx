import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import * as queries from "@/api/queries";
import type { Activity } from "@/api/types";
import { t } from "@/i18n/home";
import { Card } from "@/ui/page";
import { Loaded, SkeletonRows } from "@/ui/states";
import { isNoise } from "../activity/kinds";
import { ActivityRow } from "../activity/row";

export function RecentCard() {
  const query = useQuery(queries.activity());
  const newest = (items: Activity[]) => items.filter((event) => !isNoise(event)).slice(0, 8);
  return (
    <Card className="min-w-0">
      <header className="flex items-center justify-between px-4 py-3">
        <h2 className="text-sm">{t("dashboard.recent")}</h2>
        <Link to="/activity" className="rounded text-sm text-accent-text hover:underline">
          {t("dashboard.allActivity")}
        </Link>
      </header>
      <Loaded query={query} skeleton={<SkeletonRows rows={3} />}>
        {({ items }) => (
          <ul className="border-t border-line px-4 py-1">
            {newest(items).map((event) => (
              <li key={event.id} className="border-b border-line last:border-0">
                <ActivityRow event={event} />
              </li>
            ))}
            {newest(items).length === 0 && <li className="py-3 text-sm text-muted">{t("activity.empty")}</li>}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}
