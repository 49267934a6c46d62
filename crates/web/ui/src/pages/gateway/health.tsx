import { useQuery } from "@tanstack/react-query";
import { Copy, RefreshCw } from "lucide-react";
import { answer, api } from "@/api/client";
import type { Gateway } from "@/api/types";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Button, IconButton } from "@/ui/button";
import { copy } from "@/ui/copy";
import { Card } from "@/ui/page";
import { Skeleton } from "@/ui/states";
import { Time } from "@/ui/time";
import { connectionTone, connectionWord } from "../gateways/status";

/** Whether the gateway answers; the stored token is used, so none is ever in an address. */
export function useGatewayStatus(gateway: Gateway) {
  return useQuery({
    queryKey: ["gateway-status", gateway.id, gateway.connection_state],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/gateways/status", {
          params: {
            query: {
              gateway_url: gateway.url,
              gateway_disable_device_pairing: gateway.disable_device_pairing,
              gateway_allow_insecure_tls: gateway.allow_insecure_tls,
            },
          },
          signal,
        }),
      ),
  });
}

/** How the connection is, why, and what to do about it. */
export function Health({ gateway }: { gateway: Gateway }) {
  const status = useGatewayStatus(gateway);
  const error =
    status.data && !status.data.connected ? (status.data.error ?? gateway.connection_error) : gateway.connection_error;
  const command = commandIn(status.data?.next_step ?? "") ?? commandIn(error ?? "");
  return (
    <Card className="mb-8 p-4">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 text-sm">
        <Badge tone={connectionTone(gateway)}>{connectionWord(gateway)}</Badge>
        {gateway.version && (
          <span>
            <span className="text-muted">{t("gateway.version")}</span> {gateway.version}
          </span>
        )}
        {gateway.protocol && (
          <span>
            <span className="text-muted">{t("gateway.protocol")}</span> {gateway.protocol}
          </span>
        )}
        {gateway.last_connected_at && (
          <span>
            <span className="text-muted">{t("gateway.lastConnected")}</span> <Time at={gateway.last_connected_at} />
          </span>
        )}
        <Button size="sm" className="ml-auto" disabled={status.isFetching} onClick={() => void status.refetch()}>
          <RefreshCw size={13} />
          {status.isFetching ? t("gateway.checking") : t("gateway.check")}
        </Button>
      </div>
      <dl className="mt-3 grid gap-x-6 gap-y-1.5 text-sm sm:grid-cols-2">
        <Fact label={t("gateway.url")} value={gateway.url} />
        <Fact label={t("gateway.root")} value={gateway.workspace_root} />
        <Fact label={t("gateway.token")} value={t(gateway.has_token ? "gateway.hasToken" : "gateway.noToken")} />
        <Fact
          label={t("gateway.pairingState")}
          value={t(gateway.disable_device_pairing ? "gateway.withoutPairing" : "gateway.withPairing")}
        />
      </dl>
      {status.isPending && <Skeleton className="mt-3 h-5 w-56" />}
      {error && (
        <div role="alert" className="mt-4 rounded-lg bg-bad-soft px-3.5 py-3 text-sm text-bad">
          <p className="font-medium wrap-anywhere">{error}</p>
          {status.data?.next_step && <p className="mt-0.5">{status.data.next_step}</p>}
          {command && (
            <p className="mt-2 flex items-center gap-2 rounded-md bg-surface px-3 py-1.5 font-mono text-xs text-fg">
              <span className="min-w-0 flex-1 overflow-x-auto whitespace-nowrap">{command}</span>
              <IconButton label={t("common.copy")} icon={<Copy size={13} />} onClick={() => void copy(command)} />
            </p>
          )}
        </div>
      )}
    </Card>
  );
}

/** A command to run on the gateway's machine, if the words contain one. */
function commandIn(text: string): string | undefined {
  return (
    /`(openclaw [^`]+)`/.exec(text)?.[1] ??
    /\b(openclaw (?:devices|pairing|nodes|gateway) [\w\s<>.:-]+)/.exec(text)?.[1]?.trim()
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex min-w-0 gap-2">
      <dt className="w-32 shrink-0 text-muted">{label}</dt>
      <dd className="truncate font-mono text-xs leading-5">{value}</dd>
    </div>
  );
}
