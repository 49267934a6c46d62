import { useEffect } from "react";
import { keep, readKept, useKept } from "./kept";

const KEY = "mc.recent";
const NONE: string[] = [];
const MOST = 8;
/** Pages of one thing. */
const THING = /^\/(?:boards|agents|gateways)\/([0-9a-f-]{36})/;

/** Remembers what was looked at, in this browser: the ids of boards, agents and gateways, the newest first. */
export function useRecent(path: string) {
  useEffect(() => {
    const id = THING.exec(path)?.[1];
    if (id) keep(KEY, [id, ...readKept(KEY, NONE).filter((other) => other !== id)].slice(0, MOST));
  }, [path]);
}

export function useRecentIds(): readonly string[] {
  return useKept(KEY, NONE)[0];
}
