"""Compares what a conformance run found with the differences that were reviewed.

    judge.py RUN EXPECTED [--no-slow]

RUN is the runner's output; EXPECTED has a line `step | reason` for each step that is known to differ; its lines
`without STEP | EFFECT` are for the runner alone. Prints what does not
fit and exits with 1 if anything does not. With --no-slow, steps that the runner left out count neither way.

Two kinds of messages are no differences. One during a read is an earlier step's, and late. One to an agent without a name in
the recording is to the agent `W%`, which the reference refused by mistake when the recording was made. The runner waits for as
many messages as were recorded: each one to `W%` may make it miss another that comes a moment later.

A reason that begins with `at times:` is of a step during which work goes on by itself: what the gateway is asked meanwhile may
differ from the recording or not. Its answer may not.
"""

import re
import sys
from pathlib import Path

NOT_RUN = "step was not executed"
MESSAGE = "unexpected message: "
AT_TIMES = "at times:"
ASKED = re.compile(r"(effect missing|unexpected message): ")
MISSED = re.compile(r"effect missing: \w+ chat\.send ")
UNRECORDED_AGENT = re.compile(r"agent:mc-<uuid:\d+>:main$")


def counts(difference: str, method: str) -> bool:
    if not difference.startswith(MESSAGE):
        return True
    return method != "GET" and not UNRECORDED_AGENT.search(difference)


def left_early(differences: list[str]) -> bool:
    """Whether the runner did not wait for what it misses."""
    missed = [difference for difference in differences if MISSED.match(difference)]
    others = [difference for difference in differences if UNRECORDED_AGENT.search(difference)]
    return 0 < len(missed) <= len(others) and len(missed) + len(others) == len(differences)


def read_run(path: Path) -> tuple[dict[str, list[str]], set[str], str]:
    """The steps that differ, with their differences; those of them that the runner left early; and its last line."""
    failed: dict[str, list[str]] = {}
    methods: dict[str, str] = {}
    lines = path.read_text().splitlines()
    for line in lines:
        if found := re.match(r"FAIL (.+?)  \[(\w+) ", line):
            differences = failed.setdefault(found[1], [])
            methods[found[1]] = found[2]
        elif line.startswith("     "):
            differences.append(line.strip())
    summary = next((line for line in reversed(lines) if re.match(r"\d+ passed, \d+ failed", line)), "")
    counting = {
        step: [difference for difference in found if counts(difference, methods[step])]
        for step, found in failed.items()
    }
    early = {step for step, found in failed.items() if left_early(found)}
    return {step: found for step, found in counting.items() if found}, early, summary


def read_expected(path: Path) -> dict[str, str]:
    expected = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip() or line.startswith(("#", "without ")):
            continue
        step, bar, reason = (part.strip() for part in line.partition(" | "))
        if not bar or not reason or step in expected:
            sys.exit(f"{path}:{number}: expected `step | reason`, each step once")
        expected[step] = reason
    return expected


def main(run: Path, expected_file: Path, no_slow: bool) -> int:
    failed, early, summary = read_run(run)
    expected = read_expected(expected_file)
    if not summary:
        print(run.read_text()[-2000:])
        print("conformance: the runner did not finish")
        return 1
    at_times = {step for step, reason in expected.items() if reason.startswith(AT_TIMES)}
    tolerated = {step for step in at_times if all(ASKED.match(found) for found in failed.get(step, []))}
    left_out = {step for step, found in failed.items() if found == [NOT_RUN]} if no_slow else set()
    unjudged = left_out | early
    defects = [step for step in failed if step not in (expected.keys() - at_times | tolerated) and step not in unjudged]
    healed = [step for step in expected if step not in failed and step not in at_times]
    for step in defects:
        print(f"DIFFERS  {step}")
        for difference in failed[step]:
            print(f"         {difference}")
    for step in healed:
        print(f"AGREES   {step}, though {expected_file} says: {expected[step]}")
    print(f"conformance: {summary}; {len(failed.keys() & expected.keys())} as expected", end="")
    print(f", {len(left_out)} left out" if left_out else "")
    return 1 if defects or healed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), "--no-slow" in sys.argv[3:]))
