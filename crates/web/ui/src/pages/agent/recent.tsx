import { useQuery } from "@tanstack/react-query";
import * as queries from "@/api/queries";
import { t } from "@/i18n";
import { Section } from "@/ui/page";
import { Loaded, Skeleton } from "@/ui/states";
import { ActivityRow } from "../activity/row";

const SHOWN = 30;

/** What the agent did last. */
export function Recent({ agent_id }: { agent_id: string }) {
  const query = useQuery(queries.activity({ agent_id }));
  return (
    <Section title={t("nav.activity")}>
      <Loaded query={query} skeleton={<Skeleton className="h-40" />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-sm text-muted">{t("activity.empty")}</p>
          ) : (
            <ul className="rounded-xl border border-line px-4">
              {items.slice(0, SHOWN).map((event) => (
                <li key={event.id} className="border-b border-line last:border-0">
                  <ActivityRow event={event} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
