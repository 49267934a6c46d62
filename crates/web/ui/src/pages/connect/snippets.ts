export const CLIENTS = ["claude", "json", "python", "curl"] as const;
export type Client = (typeof CLIENTS)[number];

/** What to type, or to write into a file, so that a client speaks to this server. The token stays out of it. */
export function snippetFor(client: Client, address: string): string {
  switch (client) {
    case "claude":
      return `claude mcp add --transport http mission-control ${address} \\\n  --header "Authorization: Bearer $TOKEN"`;
    case "json":
      return JSON.stringify(
        {
          mcpServers: {
            "mission-control": { type: "http", url: address, headers: { Authorization: "Bearer <TOKEN>" } },
          },
        },
        null,
        2,
      );
    case "python":
      return `import asyncio
import os

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client


async def main():
    headers = {"Authorization": f"Bearer {os.environ['TOKEN']}"}
    async with httpx2.AsyncClient(headers=headers) as http:
        async with Client(streamable_http_client("${address}", http_client=http)) as client:
            print(await client.list_tools())


asyncio.run(main())`;
    case "curl":
      return `curl ${address} -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
  -d '{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}'`;
  }
}
