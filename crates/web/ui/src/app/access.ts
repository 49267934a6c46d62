import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import * as queries from "@/api/queries";
import { lazily } from "@/ui/lazily";

/** What the person may do: what they may not is not offered. */
export function useAccess() {
  const { data: member } = useQuery(queries.member);
  return useMemo(() => {
    const isAdmin = member?.role === "owner" || member?.role === "admin";
    return {
      isAdmin,
      isOwner: member?.role === "owner",
      /** Nothing before it is known. */
      role: member?.role,
      /** Being an admin is not enough: boards are granted apart from the role. */
      canWrite: (board_id: string) =>
        member?.all_boards_write === true ||
        member?.board_access.some((access) => access.board_id === board_id && access.can_write) === true,
    };
  }, [member]);
}

/** Stands in for a page that the person may not use. */
export const NoAccess = lazily(() => import("./no-access"));
