import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import * as queries from "@/api/queries";
import { tokens as tokensQuery } from "@/api/tokens";
import { t } from "@/i18n/admin";
import { Button } from "@/ui/button";
import { Section } from "@/ui/page";
import { Loaded } from "@/ui/states";
import { TokenForm } from "./token-form";
import { TokenTable } from "./token-table";

/** The tokens by which programs act for the person. */
export default function OwnTokens() {
  const query = useQuery(tokensQuery);
  const { data: me } = useQuery(queries.me);
  const [making, setMaking] = useState(false);
  const create = (
    <Button size="sm" onClick={() => setMaking(true)}>
      <Plus size={14} />
      {t("tokens.new")}
    </Button>
  );
  return (
    <Section title={t("nav.tokens")} actions={create}>
      <p className="mb-3 text-sm text-muted">{t("tokens.text")}</p>
      <Loaded query={query}>
        {(list) => <TokenTable tokens={list.filter(({ user_id }) => user_id === me?.id)} me={me?.id} />}
      </Loaded>
      {making && <TokenForm close={() => setMaking(false)} />}
    </Section>
  );
}
