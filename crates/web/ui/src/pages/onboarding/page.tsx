import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { MessagesSquare } from "lucide-react";
import { ApiError, answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { Onboarding } from "@/api/types";
import { NoAccess, useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import { Button, buttonClass } from "@/ui/button";
import { Page } from "@/ui/page";
import { Empty, Failure, Loaded } from "@/ui/states";
import { toast } from "@/ui/toast";
import { Conversation } from "./conversation";

const route = getRouteApi("/boards/$boardId/onboarding");

/** The conversation as it stands; `null` before it began. The stream says when it goes on. */
const onboarding = (board_id: string) =>
  queryOptions({
    queryKey: ["onboarding", board_id],
    queryFn: ({ signal }): Promise<Onboarding | null> =>
      answer(api.GET("/api/v1/boards/{board_id}/onboarding", { params: { path: { board_id } }, signal })).catch(
        (error: unknown) => {
          if (error instanceof ApiError && error.status === 404) return null;
          throw error;
        },
      ),
  });

/** A talk with the gateway's agent that ends in a goal and a lead for the board. */
export default function OnboardingPage() {
  const { boardId } = route.useParams();
  const { data: boards } = useQuery(queries.boards);
  const board = boards?.find(({ id }) => id === boardId);
  const { canWrite, role } = useAccess();
  const query = useQuery({ ...onboarding(boardId), enabled: canWrite(boardId) });
  const client = useQueryClient();
  const put = (next: Onboarding) => client.setQueryData(onboarding(boardId).queryKey, next);
  const start = async () => {
    try {
      put(
        await answer(
          api.POST("/api/v1/boards/{board_id}/onboarding/start", { params: { path: { board_id: boardId } } }),
        ),
      );
    } catch (error) {
      toast.error(error);
    }
  };
  if (!canWrite(boardId)) return role && <NoAccess />;
  const skip = (
    <Link to="/boards/$boardId" params={{ boardId }} className={buttonClass({ look: "ghost" })}>
      {t("onboarding.skip")}
    </Link>
  );
  return (
    <Page title={t("onboarding.title", { name: board?.name ?? "" })} actions={skip}>
      {query.error ? (
        <Failure error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Loaded query={query}>
          {(state) =>
            state ? (
              <Conversation state={state} boardId={boardId} put={put} />
            ) : (
              <Empty
                icon={<MessagesSquare size={20} />}
                title={t("onboarding.startTitle")}
                action={
                  <Button look="primary" onClick={() => void start()}>
                    {t("onboarding.start")}
                  </Button>
                }
              >
                {t("onboarding.startText")}
              </Empty>
            )
          }
        </Loaded>
      )}
    </Page>
  );
}
