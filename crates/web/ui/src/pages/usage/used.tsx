import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lastDays, type UsageFilter, usage } from "@/api/usage";
import { t } from "@/i18n/admin";
import { costOf, short } from "./figures";

interface Props {
  /** Whose use it is. */
  filter: UsageFilter;
  days: number;
  /** What it is, where there is something to tell; nothing is said of nothing then. */
  label?: string;
}

/** What models used for something, as a link to where that is told in full. */
export default function Used({ filter, days, label }: Props) {
  const { data } = useQuery(usage("day", lastDays(days), filter));
  if (!data) return null;
  const { total } = data;
  if (total.calls === 0 && label) return null;
  if (total.calls === 0) return <span className="text-muted">{t("usage.nothing", { count: days })}</span>;
  const link = (
    <Link
      to="/usage"
      search={{
        agent: filter.agent_id,
        board: filter.board_id,
        task: filter.task_id,
        days,
        by: filter.task_id ? "model" : "task",
      }}
      title={t("usage.inDays", { count: days })}
      className="rounded text-accent-text hover:underline"
    >
      {t("usage.used", { tokens: short(total.total_tokens), cost: costOf(total) })}
    </Link>
  );
  if (!label) return link;
  return (
    <p className="grid min-h-8 grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-2 text-sm">
      <span className="text-muted">{label}</span>
      <span className="px-2">{link}</span>
    </p>
  );
}
