import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lastDays, usage } from "@/api/usage";
import { t } from "@/i18n/admin";
import { Card } from "@/ui/page";
import { Failure, Skeleton } from "@/ui/states";
import { costOf, short } from "./figures";

/** What models used on a board, or on all, as a part of the dashboard. */
export default function UsageCard({ days, board_id }: { days: number; board_id: string | undefined }) {
  const span = lastDays(days);
  const { data, error, refetch } = useQuery(usage("agent", span, { board_id }));
  const most = (data?.groups ?? [])
    .toSorted((a, b) => b.total_tokens - a.total_tokens)
    .slice(0, 5)
    .filter(({ total_tokens }) => total_tokens > 0);
  return (
    <Card className="p-4">
      <div className="mb-2 flex items-center justify-between gap-3">
        <h2 className="text-sm">{t("usage.cardTitle", { count: days })}</h2>
        <Link
          to="/usage"
          search={{ days: days === 30 ? undefined : days, board: board_id }}
          className="rounded text-xs text-accent-text hover:underline"
        >
          {t("nav.usage")}
        </Link>
      </div>
      {!data && !error && <Skeleton className="h-24" />}
      {error && <Failure error={error} retry={() => void refetch()} />}
      {data && data.total.calls === 0 && <p className="text-sm text-muted">{t("usage.none")}</p>}
      {data && data.total.calls > 0 && (
        <>
          <p className="text-2xl font-semibold tracking-tight tabular-nums">
            {costOf(data.total)}
            <span className="ml-2 text-sm font-normal text-muted">
              {t("usage.tokensOf", { tokens: short(data.total.total_tokens) })}
            </span>
          </p>
          {data.total.unpriced_calls > 0 && (
            <p className="text-xs text-muted">{t("usage.withoutPrice", { count: data.total.unpriced_calls })}</p>
          )}
          <ul className="mt-3 flex flex-col gap-1.5 text-sm">
            {most.map((group) => (
              <li
                key={group.agent_id}
                className="grid grid-cols-[minmax(0,10rem)_minmax(0,1fr)_4rem] items-center gap-3"
              >
                <span className="truncate">{group.agent_name ?? t("usage.gone")}</span>
                <span aria-hidden className="h-1.5 overflow-hidden rounded-full bg-hover">
                  <span
                    className="block h-full rounded-full bg-accent"
                    style={{ width: `${(group.total_tokens / (most[0]?.total_tokens ?? 1)) * 100}%` }}
                  />
                </span>
                <span className="text-right text-muted tabular-nums">{short(group.total_tokens)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
