import { useQuery } from "@tanstack/react-query";
import * as queries from "@/api/queries";
import type { Agent } from "@/api/types";
import { t } from "@/i18n";
import { emojiOf } from "@/pages/agents/profile";

/** Who said or did something: an agent, a person, or the system. */
interface Doer {
  agent_id?: string | null;
  user_id?: string | null;
  user_name?: string | null;
}

/** What to call somebody in a sentence, and their own name and sign, which their picture is made from. */
export interface Called {
  word: string;
  name: string;
  emoji?: string;
}

/** What to call who did something; nothing when nobody is known to have done it. */
export function useCalled(agents: readonly Agent[]): (doer: Doer) => Called | undefined {
  const { data: me } = useQuery(queries.me);
  return ({ agent_id, user_id, user_name }) => {
    if (agent_id) {
      const agent = agents.find(({ id }) => id === agent_id);
      const name = agent?.name ?? t("common.agent");
      return { word: name, name, emoji: agent && emojiOf(agent) };
    }
    const name = user_name ?? (user_id ? t("common.person") : undefined);
    if (me && user_id === me.id) return { word: t("common.you"), name: name ?? t("common.you") };
    return name ? { word: name, name } : undefined;
  };
}
