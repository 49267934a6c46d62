import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { answer, api } from "@/api/client";
import { t } from "@/i18n/more";
import { Chart, type Series } from "@/ui/chart";
import { Card } from "@/ui/page";
import { Loaded, Skeleton } from "@/ui/states";

const DAYS = 30;
const DAY_MS = 86_400_000;

interface Day {
  day: string;
  wakes: number;
  messages: number;
  heartbeats: number;
}

/** What the agent is made to do per day: each of it is a turn of its model. */
export function Rhythm({ agent_id }: { agent_id: string }) {
  const query = useQuery({
    queryKey: ["agent", agent_id, "counts"],
    queryFn: async ({ signal }) =>
      (
        await answer(
          api.GET("/api/v1/agents/{agent_id}/activity-counts", {
            params: { path: { agent_id }, query: { days: DAYS } },
            signal,
          }),
        )
      ).days,
  });
  return (
    <Card className="mb-6 min-w-0 p-4">
      <h2 className="text-sm">{t("rhythm.title", { count: DAYS })}</h2>
      <p className="mb-2 text-xs text-muted">{t("rhythm.text")}</p>
      <Loaded query={query} skeleton={<Skeleton className="h-[150px]" />}>
        {(days) => <Counts days={days} />}
      </Loaded>
    </Card>
  );
}

function Counts({ days }: { days: Day[] }) {
  const { times, series, total } = useMemo(() => {
    const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const shown = Array.from({ length: DAYS }, (_, index) => new Date(today - (DAYS - 1 - index) * DAY_MS));
    // Days on which nothing happened are left out by the server.
    const of = (name: "wakes" | "messages" | "heartbeats") =>
      shown.map((time) => days.find(({ day }) => day === time.toISOString().slice(0, 10))?.[name] ?? 0);
    const [heartbeats, messages, wakes] = [of("heartbeats"), of("messages"), of("wakes")];
    const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);
    return {
      times: shown,
      series: [
        { label: t("rhythm.heartbeats"), color: "--idle-dot", kind: "bars", values: heartbeats },
        { label: t("rhythm.messages"), color: "--info-dot", values: messages },
        { label: t("rhythm.wakes"), color: "--warn-dot", values: wakes },
      ] satisfies Series[],
      total: { heartbeats: sum(heartbeats), messages: sum(messages), wakes: sum(wakes) },
    };
  }, [days]);
  return <Chart label={t("rhythm.total", total)} times={times} series={series} height={150} />;
}
