import { useQuery } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { t } from "@/i18n";
import { Section } from "@/ui/page";
import { Loaded, Skeleton } from "@/ui/states";
import { ActivityRow } from "../activity/row";

/** What the agent did last. */
export function Recent({ agent_id }: { agent_id: string }) {
  const query = useQuery({
    queryKey: ["activity", "agent", agent_id],
    queryFn: async ({ signal }) =>
      (await answer(api.GET("/api/v1/activity", { params: { query: { agent_id, heartbeats: false, limit: 30 } }, signal }))).items,
  });
  return (
    <Section title={t("nav.activity")}>
      <Loaded query={query} skeleton={<Skeleton className="h-40" />}>
        {(events) =>
          events.length === 0 ? (
            <p className="text-sm text-muted">{t("activity.empty")}</p>
          ) : (
            <ul className="rounded-xl border border-line px-4">
              {events.map((event) => (
                <ActivityRow key={event.id} event={event} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
