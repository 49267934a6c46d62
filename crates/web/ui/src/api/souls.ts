import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";

/** Souls of the public directory with these letters in their names. */
export const souls = (q: string) =>
  queryOptions({
    queryKey: ["souls", q],
    queryFn: async ({ signal }) =>
      (await answer(api.GET("/api/v1/souls-directory/search", { params: { query: { q, limit: 100 } }, signal }))).items,
    staleTime: 300_000,
    retry: false,
  });

/** What a soul says. */
export const soul = (handle: string, slug: string) =>
  queryOptions({
    queryKey: ["souls", handle, slug],
    queryFn: async ({ signal }) => {
      const path = { handle, slug };
      return (await answer(api.GET("/api/v1/souls-directory/{handle}/{slug}", { params: { path }, signal }))).content;
    },
    staleTime: 300_000,
    retry: false,
  });
