import { Link } from "@tanstack/react-router";
import { SquareKanban } from "lucide-react";
import type { ReactNode } from "react";
import { ApiError } from "@/api/client";
import type { BoardSnapshot } from "@/api/types";
import { t } from "@/i18n";
import { buttonClass } from "@/ui/button";
import { Page } from "@/ui/page";
import { Empty, Loaded } from "@/ui/states";

interface Props {
  query: { data: BoardSnapshot | undefined; error: unknown; refetch(): unknown };
  skeleton?: ReactNode;
  children(snapshot: BoardSnapshot): ReactNode;
}

/** What is shown of a board, or that it is there no more: also when it is deleted while somebody looks at it. */
export function BoardLoaded({ query, skeleton, children }: Props) {
  const { data, error } = query;
  if (data === undefined && error instanceof ApiError && error.status === 404) {
    return (
      <Page title={t("boards.goneTitle")}>
        <Empty
          icon={<SquareKanban size={20} />}
          title={t("boards.goneTitle")}
          action={
            <Link to="/boards" className={buttonClass({ look: "primary" })}>
              {t("nav.allBoards")}
            </Link>
          }
        >
          {t("boards.goneText")}
        </Empty>
      </Page>
    );
  }
  return (
    <Loaded query={query} skeleton={skeleton}>
      {children}
    </Loaded>
  );
}
