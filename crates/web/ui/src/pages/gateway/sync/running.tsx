import { useQuery } from "@tanstack/react-query";
import { hasEnded, jobs } from "@/api/jobs";
import { t } from "@/i18n/more";
import { Progress } from "@/ui/progress";

/** How far the sync of this gateway is, whoever began it. */
export function Running({ gateway_id }: { gateway_id: string }) {
  const { data } = useQuery(jobs({ kind: "gateway.sync_templates", gateway_id, limit: 1 }));
  const job = data?.items[0];
  if (!job || hasEnded(job)) return null;
  return (
    <div className="mt-3 max-w-md text-sm">
      <Progress label={t("sync.title")} percent={job.progress} />
      <p role="status" className="mt-1.5 text-muted">
        {job.progress_message ?? t("common.busy")}
      </p>
    </div>
  );
}
