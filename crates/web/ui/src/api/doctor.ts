import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";

const LOOK_EVERY_MS = 60_000;

/** What is wrong, as far as the person may know; for owners and admins. */
export const doctor = queryOptions({
  queryKey: ["doctor"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/doctor", { signal })),
  refetchInterval: LOOK_EVERY_MS,
  staleTime: LOOK_EVERY_MS / 2,
});
