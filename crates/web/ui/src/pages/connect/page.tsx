import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Copy, KeyRound } from "lucide-react";
import { useState } from "react";
import { type McpTool, mcpTools } from "@/api/mcp";
import { t } from "@/i18n/admin";
import { Badge } from "@/ui/badge";
import { Button, buttonClass, IconButton } from "@/ui/button";
import { Code } from "@/ui/code";
import { copy } from "@/ui/copy";
import { Page, Section } from "@/ui/page";
import { Loaded } from "@/ui/states";
import { Segmented } from "@/ui/tabs";
import { CLIENTS, type Client, snippetFor } from "./snippets";

/** How an assistant takes part by the Model Context Protocol. */
export default function ConnectPage() {
  const address = `${location.origin}/mcp`;
  const [client, setClient] = useState<Client>("claude");
  const query = useQuery(mcpTools);
  const snippet = snippetFor(client, address);
  return (
    <Page narrow title={t("nav.connect")} description={t("connect.text")}>
      <Section title={t("connect.address")}>
        <p className="mb-2 text-sm text-muted">{t("connect.addressText")}</p>
        <p className="flex items-center gap-2 rounded-lg border border-line px-3 py-1.5 font-mono text-sm">
          <span className="min-w-0 flex-1 overflow-x-auto whitespace-nowrap select-all">{address}</span>
          <IconButton label={t("common.copy")} icon={<Copy size={14} />} onClick={() => void copy(address)} />
        </p>
      </Section>
      <Section
        title={t("connect.token")}
        actions={
          <Link to="/tokens" className={buttonClass({ size: "sm" })}>
            <KeyRound size={14} />
            {t("nav.tokens")}
          </Link>
        }
      >
        <p className="text-sm text-muted">{t("connect.tokenText")}</p>
      </Section>
      <Section title={t("connect.client")}>
        <Segmented<Client>
          label={t("connect.client")}
          value={client}
          onChange={setClient}
          options={CLIENTS.map((value) => ({ value, label: t(`connectClient.${value}`) }))}
        />
        <p className="mb-2 mt-3 text-sm text-muted">{t(`connectText.${client}`)}</p>
        <Code label={t(`connectClient.${client}`)}>{snippet}</Code>
        <Button size="sm" className="mt-2" onClick={() => void copy(snippet)}>
          <Copy size={14} />
          {t("common.copy")}
        </Button>
      </Section>
      <Section title={t("connect.tools")}>
        <p className="mb-2 text-sm text-muted">{t("connect.toolsText")}</p>
        <Loaded query={query}>
          {(tools) => (
            <ul className="rounded-xl border border-line">
              {tools.map((tool) => (
                <li key={tool.name} className="border-b border-line last:border-0">
                  <Tool tool={tool} />
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </Section>
    </Page>
  );
}

/** A tool with what it takes. */
function Tool({ tool }: { tool: McpTool }) {
  const fields = Object.entries(tool.inputSchema.properties);
  return (
    <details className="group text-sm">
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
        <code className="font-medium">{tool.name}</code>
        <Badge tone={tool.annotations.readOnlyHint ? "idle" : "info"}>
          {t(tool.annotations.readOnlyHint ? "connect.reads" : "connect.changes")}
        </Badge>
        <span className="w-full text-muted group-open:hidden sm:min-w-0 sm:flex-1 sm:truncate">{tool.description}</span>
      </summary>
      <div className="border-t border-line px-4 py-3">
        <p>{tool.description}</p>
        {fields.length > 0 && (
          <dl className="mt-3 grid grid-cols-[fit-content(40%)_minmax(0,1fr)] gap-x-4 gap-y-1.5">
            {fields.map(([name, { description }]) => (
              <div key={name} className="contents">
                <dt>
                  <code className="text-xs">{name}</code>
                  {tool.inputSchema.required.includes(name) && (
                    <span className="ml-1 text-xs text-muted">{t("connect.required")}</span>
                  )}
                </dt>
                <dd className="text-muted">{description}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </details>
  );
}
