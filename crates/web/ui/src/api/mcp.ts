import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";

/** A tool that the server offers to programs. */
export interface McpTool {
  name: string;
  description: string;
  inputSchema: { properties: Record<string, { description?: string; type?: unknown }>; required: string[] };
  annotations: { readOnlyHint: boolean };
}

/** The tools that the person's programs have, as the server tells them. */
export const mcpTools = queryOptions({
  queryKey: ["mcp", "tools"],
  queryFn: async ({ signal }) => {
    const body = { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} };
    const said = (await answer(api.POST("/mcp", { body, signal }))) as { result?: { tools: McpTool[] } };
    return said.result?.tools ?? [];
  },
});
