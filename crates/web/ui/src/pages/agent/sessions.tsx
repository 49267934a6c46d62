import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { answer, api } from "@/api/client";
import type { Agent } from "@/api/types";
import { Loaded } from "@/ui/states";
import { SessionList, toSession } from "../gateway/session-list";

const route = getRouteApi("/agents/$agentId");

/** The agent's conversations on its gateway. */
export function AgentSessions({ agent }: { agent: Agent }) {
  const { session } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({
    queryKey: ["agent", agent.id, "sessions"],
    queryFn: async ({ signal }) =>
      (
        await answer(
          api.GET("/api/v1/agents/{agent_id}/sessions", { params: { path: { agent_id: agent.id } }, signal }),
        )
      ).sessions,
    staleTime: 0,
  });
  return (
    <Loaded query={query}>
      {(sessions) => (
        <SessionList
          sessions={sessions.flatMap((session) => toSession(session))}
          board_id={agent.board_id ?? undefined}
          chosen={session}
          choose={(key) => void navigate({ search: (now) => ({ ...now, session: key }), replace: true })}
        />
      )}
    </Loaded>
  );
}
