import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";
import { all } from "./queries";

/** API tokens: the person's own, or those of the whole organization for its admins, newest first. */
export const tokens = queryOptions({
  queryKey: ["api_tokens"],
  queryFn: ({ signal }) => all((query) => answer(api.GET("/api/v1/tokens", { params: { query }, signal }))),
});

/** Members that are programs. They are read again with the members. */
export const serviceAccounts = queryOptions({
  queryKey: ["members", "service-accounts"],
  queryFn: ({ signal }) => all((query) => answer(api.GET("/api/v1/service-accounts", { params: { query }, signal }))),
});
