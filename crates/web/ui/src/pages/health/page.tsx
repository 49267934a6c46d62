import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { HeartPulse, RefreshCw } from "lucide-react";
import { doctor } from "@/api/doctor";
import type { Finding } from "@/api/types";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Card, Page } from "@/ui/page";
import { Empty, Loaded } from "@/ui/states";

/** What is wrong, with what was seen, the cause, and what to do. */
export default function HealthPage() {
  const query = useQuery(doctor);
  const again = (
    <Button onClick={() => void query.refetch()} disabled={query.isFetching}>
      <RefreshCw size={14} />
      {t("doctor.again")}
    </Button>
  );
  return (
    <Page title={t("health.title")} description={t("doctor.text")} actions={again} narrow>
      <Loaded query={query}>
        {(report) =>
          report.healthy ? (
            <Empty icon={<HeartPulse size={20} />} title={t("doctor.healthy")} />
          ) : (
            <ul className="flex flex-col gap-3">
              {report.findings.map((finding) => (
                <li key={`${finding.code} ${finding.subject.id} ${finding.evidence}`}>
                  <FindingCard finding={finding} />
                </li>
              ))}
              {report.left_out > 0 && (
                <li className="text-sm text-muted">{t("doctor.leftOut", { count: report.left_out })}</li>
              )}
            </ul>
          )
        }
      </Loaded>
      {query.data?.notes.map((note) => (
        <p key={note} className="mt-4 text-sm text-muted">
          {note}
        </p>
      ))}
    </Page>
  );
}

function FindingCard({ finding }: { finding: Finding }) {
  const isError = finding.severity === "error";
  return (
    <Card className="px-4 py-3 text-sm">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <Badge tone={isError ? "bad" : "warn"}>{t(isError ? "doctor.error" : "doctor.warning")}</Badge>
        <code className="text-xs">{finding.code}</code>
        <About subject={finding.subject} />
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
        <Line label={t("doctor.evidence")} text={finding.evidence} />
        <Line label={t("doctor.cause")} text={finding.cause} />
        <Line label={t("doctor.remedy")} text={finding.remedy} />
      </dl>
      {finding.fixable && <p className="mt-2 text-muted">{t("doctor.fixable")}</p>}
    </Card>
  );
}

function Line({ label, text }: { label: string; text: string }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="break-words">{text}</dd>
    </>
  );
}

function About({ subject }: { subject: Finding["subject"] }) {
  if (!subject.id || !subject.name) return null;
  if (subject.kind === "gateway")
    return (
      <Link to="/gateways/$gatewayId" params={{ gatewayId: subject.id }} className="font-medium hover:underline">
        {subject.name}
      </Link>
    );
  if (subject.kind === "agent")
    return (
      <Link to="/agents/$agentId" params={{ agentId: subject.id }} className="font-medium hover:underline">
        {subject.name}
      </Link>
    );
  return <span className="font-medium">{subject.name}</span>;
}
