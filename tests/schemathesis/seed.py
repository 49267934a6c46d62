"""Gives a fresh server a gateway, and a board on it with a lead and a task.

    seed.py URL USER_TOKEN GATEWAY_URL GATEWAY_TOKEN DATABASE

Prints shell assignments: AGENT_TOKEN, BOARD_ID, TASK_ID. The lead is written into the database, because only agents learn
their tokens.
"""

import hashlib
import json
import secrets
import sqlite3
import sys
import urllib.request
import uuid


def call(url: str, token: str, body: dict | None = None) -> dict:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(url, data, headers)) as answer:
        return json.load(answer)


def main(url: str, user_token: str, gateway_url: str, gateway_token: str, path: str) -> None:
    api = f"{url}/api/v1"
    gateway = {"name": "Simulated", "url": gateway_url, "token": gateway_token, "workspace_root": "~"}
    gateway_id = call(f"{api}/gateways", user_token, gateway)["id"]
    board = {"name": "Research", "slug": "research", "description": "d", "gateway_id": gateway_id, "max_agents": 50}
    board_id = call(f"{api}/boards", user_token, board)["id"]
    task_id = call(f"{api}/boards/{board_id}/tasks", user_token, {"title": "Find sources"})["id"]
    agent_token = secrets.token_urlsafe(32)
    now = "2026-01-01 00:00:00.000000"
    lead = {
        "id": str(uuid.uuid4()), "gateway_id": gateway_id, "board_id": board_id, "name": "Lead", "status": "online",
        "is_board_lead": True, "lifecycle_generation": 0, "wake_attempts": 0, "created_at": now, "updated_at": now,
        "openclaw_session_id": f"agent:lead-{board_id}:main",
        "token_digest": hashlib.sha256(agent_token.encode()).hexdigest(),
    }
    with sqlite3.connect(path, timeout=30) as database:
        marks = ", ".join("?" for _ in lead)
        database.execute(f"INSERT INTO agents ({', '.join(lead)}) VALUES ({marks})", list(lead.values()))
    print(f"AGENT_TOKEN={agent_token} BOARD_ID={board_id} TASK_ID={task_id}")


if __name__ == "__main__":
    main(*sys.argv[1:])
