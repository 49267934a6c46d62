import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { X } from "lucide-react";
import * as queries from "@/api/queries";
import { LANES, type Lane } from "@/api/types";
import { t } from "@/i18n/more";
import { Button } from "@/ui/button";
import { Select } from "@/ui/field";
import { KINDS, kindName } from "./words";

const route = getRouteApi("/jobs");

/** Which jobs are shown, beside their state: part of the address. */
export function Filters() {
  const { kind, lane, agent, board, gateway } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: agents = [] } = useQuery(queries.agents);
  const { data: boards = [] } = useQuery(queries.boards);
  const { data: gateways = [] } = useQuery(queries.gateways);
  const about = [...agents, ...boards, ...gateways].find(({ id }) => id === (agent ?? board ?? gateway))?.name;
  return (
    <>
      <Select
        aria-label={t("jobs.kind")}
        className="!w-auto max-w-56"
        value={kind ?? ""}
        onChange={(event) =>
          void navigate({ search: (now) => ({ ...now, kind: event.target.value || undefined, from: undefined }) })
        }
      >
        <option value="">{t("jobs.everyKind")}</option>
        {KINDS.map((value) => (
          <option key={value} value={value}>
            {kindName(value)}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t("jobs.lane")}
        className="!w-auto"
        value={lane ?? ""}
        onChange={(event) =>
          void navigate({
            search: (now) => ({ ...now, lane: (event.target.value || undefined) as Lane | undefined, from: undefined }),
          })
        }
      >
        <option value="">{t("jobs.everyLane")}</option>
        {LANES.map((value) => (
          <option key={value} value={value}>
            {t(`jobs.${value}`)}
          </option>
        ))}
      </Select>
      {about && (
        <Button
          size="sm"
          onClick={() =>
            void navigate({
              search: (now) => ({ ...now, agent: undefined, board: undefined, gateway: undefined, from: undefined }),
            })
          }
        >
          {t("jobs.onlyAbout", { name: about })}
          <X size={13} aria-label={t("jobs.showAll")} />
        </Button>
      )}
    </>
  );
}
