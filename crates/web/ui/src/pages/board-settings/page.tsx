import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { MessagesSquare, Trash2 } from "lucide-react";
import * as queries from "@/api/queries";
import type { Board } from "@/api/types";
import { NoAccess, useAccess } from "@/app/access";
import { t } from "@/i18n/models";
import { Button, buttonClass } from "@/ui/button";
import { Page, Section } from "@/ui/page";
import { BoardLoaded } from "../boards/board-loaded";
import { removeBoard } from "../boards/page";
import { BreakerSection } from "./breaker";
import { GeneralForm } from "./general-form";
import { ModelsSection } from "./models";
import { Pace } from "./pace";
import { PrefixForm } from "./prefix-form";
import { Rules } from "./rules";
import { StaleSection } from "./stale";
import { Webhooks } from "./webhooks";
import { WipLimits } from "./wip-limits";

const route = getRouteApi("/boards/$boardId/settings");

export default function BoardSettings() {
  const { boardId } = route.useParams();
  const query = useQuery(queries.boardSnapshot(boardId));
  const { canWrite, role } = useAccess();
  if (!canWrite(boardId)) return role && <NoAccess />;
  return <BoardLoaded query={query}>{({ board }) => <Settings key={board.id} board={board} />}</BoardLoaded>;
}

function Settings({ board }: { board: Board }) {
  const navigate = useNavigate();
  return (
    <Page
      narrow
      title={t("board.settings")}
      tab={`${t("board.settings")}: ${board.name}`}
      crumbs={
        <>
          <Link
            to="/boards/$boardId"
            params={{ boardId: board.id }}
            className="truncate rounded text-lg text-muted hover:text-fg"
          >
            {board.name}
          </Link>
          <span aria-hidden className="text-muted">
            /
          </span>
        </>
      }
      actions={
        <Link to="/boards/$boardId/onboarding" params={{ boardId: board.id }} className={buttonClass()}>
          <MessagesSquare size={14} />
          {t("boards.talkAgain")}
        </Link>
      }
    >
      <Section title={t("boards.about")}>
        <GeneralForm board={board} />
      </Section>
      <Section title={t("boards.keys")}>
        <PrefixForm board={board} />
      </Section>
      <Section title={t("boards.rules")}>
        <Rules board={board} />
      </Section>
      <Section title={t("wip.title")}>
        <WipLimits board={board} />
      </Section>
      <Section title={t("pace.title")}>
        <Pace board={board} />
      </Section>
      <Section title={t("models.title")}>
        <ModelsSection board={board} />
      </Section>
      <Section title={t("breaker.title")}>
        <BreakerSection board_id={board.id} />
      </Section>
      <Section title={t("stale.title")}>
        <StaleSection board_id={board.id} />
      </Section>
      <Section title={t("webhook.title")}>
        <Webhooks board={board} />
      </Section>
      <Section title={t("common.danger")}>
        <p className="mb-3 text-sm text-muted">{t("boards.deleteText")}</p>
        <Button
          look="danger"
          onClick={() => void removeBoard(board).then((gone) => (gone ? navigate({ to: "/boards" }) : undefined))}
        >
          <Trash2 size={14} />
          {t("boards.delete")}
        </Button>
      </Section>
    </Page>
  );
}
