"""An unmodified MCP client that completes a task: list, claim, comment, ask for approval, done after approval.

Arguments: address of the endpoint, the agent's token, the title of the task. Says on standard output what it did, one
JSON object a line, and waits for a line on standard input before it goes on after the approval was asked for.
"""

import asyncio
import json
import sys

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client


def say(**fields):
    print(json.dumps(fields), flush=True)


async def call(client, tool, **arguments):
    result = await client.call_tool(tool, arguments)
    return json.loads(result.content[0].text), bool(result.is_error)


async def done(client, tool, **arguments):
    content, failed = await call(client, tool, **arguments)
    if failed:
        raise SystemExit(f"{tool} failed: {content}")
    return content


def connect(url, http, mode):
    return Client(streamable_http_client(url, http_client=http), mode=mode)


async def main(url, token, title):
    async with httpx2.AsyncClient(headers={"X-Agent-Token": token}, timeout=30) as http:
        for mode in ("legacy", "auto"):
            async with connect(url, http, mode) as client:
                tools = await client.list_tools()
                say(mode=mode, version=client.protocol_version, tools=[tool.name for tool in tools.tools])

        async with connect(url, http, "auto") as client:
            tasks = await done(client, "list_tasks", status="inbox", unassigned=True)
            task = next(task for task in tasks["items"] if task["title"] == title)["id"]
            claimed = await done(client, "claim_task", task_id=task)
            say(task=task, status=claimed["status"])
            await done(client, "comment_task", task_id=task, message="The crates are counted: 42.")
            refusal, refused = await call(client, "update_task", task_id=task, status="done")
            say(refused=refused, refusal=refusal)
            approval = await done(
                client,
                "ask_for_approval",
                action_type="close",
                task_id=task,
                confidence=90,
                lead_reasoning="All crates are counted.",
            )
            say(approval=approval["id"])
            sys.stdin.readline()
            finished = await done(client, "update_task", task_id=task, status="done")
            say(status=finished["status"])


asyncio.run(main(*sys.argv[1:]))
