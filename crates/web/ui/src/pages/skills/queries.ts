import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";

export type Skill = components["schemas"]["MarketplaceSkillCardRead"];
export type Pack = components["schemas"]["SkillPackRead"];

interface Wanted {
  gateway_id: string;
  search?: string;
  risk?: string;
  pack_id?: string;
}

const PAGE = 60;
const MOST = 200;

/** Skills as they are on a gateway; the whole number is in a header. */
export const catalogue = (wanted: Wanted, pages: number) =>
  queryOptions({
    queryKey: ["skills", wanted, pages],
    queryFn: async ({ signal }) => {
      const query = { ...wanted, limit: Math.min(MOST, PAGE * pages) };
      const result = await api.GET("/api/v1/skills/marketplace", { params: { query }, signal });
      const items = await answer(Promise.resolve(result));
      return { items, total: Number(result.response.headers.get("X-Total-Count") ?? items.length) };
    },
  });

export const packs = queryOptions({
  queryKey: ["skill_packs"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/skills/packs", { signal })),
});
