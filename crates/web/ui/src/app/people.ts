import { useQuery } from "@tanstack/react-query";
import * as queries from "@/api/queries";
import { t } from "@/i18n";

/** Who said or did something: an agent, a person, or the system. */
interface Doer {
  agent_id?: string | null;
  user_id?: string | null;
  user_name?: string | null;
}

/** What to call somebody in a sentence, and their own name, which their picture is made from. */
export interface Called {
  word: string;
  name: string;
}

/** What to call who did something; nothing when nobody is known to have done it. */
export function useCalled(agents: readonly { id: string; name: string }[]): (doer: Doer) => Called | undefined {
  const { data: me } = useQuery(queries.me);
  return ({ agent_id, user_id, user_name }) => {
    if (agent_id) {
      const name = agents.find(({ id }) => id === agent_id)?.name ?? t("common.agent");
      return { word: name, name };
    }
    const name = user_name ?? (user_id ? t("common.person") : undefined);
    if (me && user_id === me.id) return { word: t("common.you"), name: name ?? t("common.you") };
    return name ? { word: name, name } : undefined;
  };
}
