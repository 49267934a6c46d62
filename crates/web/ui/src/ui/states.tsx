import clsx from "clsx";
import { AlertTriangle } from "lucide-react";
import type { ReactNode } from "react";
import { ApiError } from "@/api/client";
import { t } from "@/i18n";
import { Button } from "./button";

/** Stands where something will be, in about its shape. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden data-loading className={clsx("animate-breathe rounded-md bg-hover", className)} />;
}

export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status" aria-label={t("common.loading")} className="flex flex-col gap-2">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same.
        <Skeleton key={row} className="h-10" />
      ))}
    </div>
  );
}

interface EmptyProps {
  icon: ReactNode;
  title: string;
  /** What this is for, and what to do first. */
  children?: ReactNode;
  action?: ReactNode;
}

export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-14 text-center">
      <div className="mb-3 flex size-11 items-center justify-center rounded-xl bg-accent-soft text-accent-text">
        {icon}
      </div>
      <h2 className="text-base">{title}</h2>
      {children && <div className="mt-1 text-sm text-muted">{children}</div>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

/** What went wrong, what to do, and a way to try again. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const known = error instanceof ApiError ? error : undefined;
  return (
    <div
      role="alert"
      className="m-4 flex items-start gap-3 rounded-lg border border-line bg-bad-soft p-4 text-sm text-bad"
    >
      <AlertTriangle size={16} className="mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{known?.message ?? t("error.unexpected")}</p>
        {known?.remedy && <p className="mt-0.5">{known.remedy}</p>}
      </div>
      {retry && (
        <Button size="sm" onClick={retry}>
          {t("common.retry")}
        </Button>
      )}
    </div>
  );
}

/** The same in place of a whole page: with a title, a way back, and what to name when asking for help. */
function FailedPage({ error, retry }: { error: unknown; retry(): void }) {
  const known = error instanceof ApiError ? error : undefined;
  return (
    <div role="alert">
      <Empty
        icon={<AlertTriangle size={20} />}
        title={t("error.failedTitle")}
        action={
          <>
            <Button look="primary" onClick={retry}>
              {t("common.retry")}
            </Button>
            <Button onClick={() => history.back()}>{t("error.back")}</Button>
          </>
        }
      >
        <p className="wrap-anywhere">{known?.message ?? t("error.unexpected")}</p>
        {known?.remedy && <p className="mt-1 wrap-anywhere">{known.remedy}</p>}
        {known?.requestId && (
          <p className="mt-3 font-mono text-xs select-all">{t("error.requestId", { id: known.requestId })}</p>
        )}
      </Empty>
    </div>
  );
}

interface QueryLike<T> {
  data: T | undefined;
  error: unknown;
  refetch(): unknown;
}

interface LoadedProps<T> {
  query: QueryLike<T>;
  skeleton?: ReactNode;
  children(data: T): ReactNode;
}

/** The data of a query, or its skeleton, or its failure. */
export function Loaded<T>({ query, skeleton, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <FailedPage error={query.error} retry={() => void query.refetch()} />;
  return skeleton ?? <SkeletonRows />;
}
