import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Cable, Plus } from "lucide-react";
import { useState } from "react";
import * as queries from "@/api/queries";
import { tokens as tokensQuery } from "@/api/tokens";
import type { Member } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/admin";
import { Button, buttonClass } from "@/ui/button";
import { Page, Section } from "@/ui/page";
import { Loaded } from "@/ui/states";
import { ServiceAccounts } from "./service-accounts";
import { TokenForm } from "./token-form";
import { TokenTable } from "./token-table";

/** Programs that act in the organization: their tokens, and the accounts that belong to no person. */
export default function TokensPage() {
  const { isAdmin } = useAccess();
  const query = useQuery(tokensQuery);
  const { data: me } = useQuery(queries.me);
  const [making, setMaking] = useState<Member | "own">();
  const create = (
    <Button look="primary" onClick={() => setMaking("own")}>
      <Plus size={15} />
      {t("tokens.new")}
    </Button>
  );
  return (
    <Page
      title={t("nav.tokens")}
      description={t(isAdmin ? "tokens.textAll" : "tokens.text")}
      actions={
        <>
          <Link to="/connect" className={buttonClass()}>
            <Cable size={14} />
            {t("nav.connect")}
          </Link>
          {create}
        </>
      }
    >
      <Section title={t(isAdmin ? "tokens.all" : "tokens.own")}>
        <Loaded query={query}>
          {(list) => <TokenTable tokens={list} me={me?.id} whose={isAdmin} create={create} />}
        </Loaded>
      </Section>
      {isAdmin && <ServiceAccounts tokens={query.data ?? []} make={setMaking} />}
      {making && <TokenForm account={making === "own" ? undefined : making} close={() => setMaking(undefined)} />}
    </Page>
  );
}
