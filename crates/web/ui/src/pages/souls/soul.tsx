import { useQuery } from "@tanstack/react-query";
import { Bot, Copy } from "lucide-react";
import { useState } from "react";
import { reread } from "@/api/cache";
import * as queries from "@/api/queries";
import { soul } from "@/api/souls";
import { t } from "@/i18n/admin";
import { Button } from "@/ui/button";
import { confirm } from "@/ui/confirm";
import { copy } from "@/ui/copy";
import { Markdown } from "@/ui/markdown";
import { Picker } from "@/ui/picker";
import { Loaded } from "@/ui/states";
import { toast } from "@/ui/toast";
import { saveAgent } from "../agents/save";

/** A soul, and a way to give it to an agent. */
export function Soul({ handle, slug }: { handle: string; slug: string }) {
  const query = useQuery(soul(handle, slug));
  const { data: agents = [] } = useQuery(queries.agents);
  const [busy, setBusy] = useState(false);
  const give = async (content: string, id: string) => {
    const agent = agents.find((other) => other.id === id);
    if (!agent) return;
    const sure = await confirm({
      title: t("souls.giveTitle", { soul: slug, name: agent.name }),
      text: t(agent.soul_template ? "souls.giveReplaces" : "souls.giveText"),
      action: t("souls.give"),
    });
    if (!sure) return;
    setBusy(true);
    try {
      await saveAgent(agent, { soul_template: content });
      toast.ok(t("souls.given", { name: agent.name }));
    } catch (error) {
      toast.error(error);
    } finally {
      setBusy(false);
      reread(["agents"]);
      reread(["agent", id]);
    }
  };
  return (
    <Loaded query={query}>
      {(content) => (
        <article className="px-6 py-4 max-md:px-4">
          <div className="mb-4 flex flex-wrap items-center gap-2">
            <div className="min-w-0 flex-1">
              <h2 className="truncate text-base">{slug}</h2>
              <p className="text-xs text-muted">{handle}</p>
            </div>
            <Button onClick={() => void copy(content)}>
              <Copy size={14} />
              {t("common.copy")}
            </Button>
            <Picker
              single
              label={t("souls.giveTo")}
              options={agents.map(({ id, name }) => ({ id, label: name }))}
              chosen={[]}
              empty={t("souls.nobody")}
              onChange={([id]) => id && void give(content, id)}
              trigger={
                <Button look="primary" disabled={busy}>
                  <Bot size={14} />
                  {t("souls.giveTo")}
                </Button>
              }
            />
          </div>
          <Markdown text={content} />
        </article>
      )}
    </Loaded>
  );
}
