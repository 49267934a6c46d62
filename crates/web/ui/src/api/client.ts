import createClient from "openapi-fetch";
import { t } from "@/i18n";
import type { paths } from "./schema";

/** The typed client. Every call goes through {@link answer}, which turns failures into {@link ApiError}. */
export const api = createClient<paths>({ baseUrl: "", credentials: "same-origin" });

/** One wrong field of a request. */
interface Fault {
  loc: (string | number)[];
  msg: string;
}

/** Why a request failed, in words for people and in their language. */
export class ApiError extends Error {
  constructor(
    message: string,
    /** The HTTP status; 0 when the server could not be reached. */
    readonly status: number,
    readonly code: string,
    /** What helps, where that is for people to do. */
    readonly remedy?: string,
    readonly faults: Fault[] = [],
    /** What the refusal is about, e.g. `blocked_by_task_ids`. */
    readonly facts: Record<string, unknown> = {},
    /** What the server calls the request in its log. */
    readonly requestId?: string,
  ) {
    super(message);
    this.name = "ApiError";
  }

  /** What is wrong with this field of the body, if anything. */
  fault(field: string): string | undefined {
    return this.faults.find((fault) => fault.loc.includes(field))?.msg;
  }
}

let onUnauthorized = () => {};

/** Calls `listener` when the server no longer knows who we are. */
export function whenUnauthorized(listener: () => void) {
  onUnauthorized = listener;
}

let onUnreachable = () => {};

/** Calls `listener` when a request does not reach the server. */
export function whenUnreachable(listener: () => void) {
  onUnreachable = listener;
}

let onHindered = (_code: string) => {};

/** Calls `listener` when an answer says that what it set off has to wait, with the server's word for why. */
export function whenHindered(listener: (code: string) => void) {
  onHindered = listener;
}

export interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a good answer. Throws {@link ApiError} otherwise. */
export async function answer<T>(request: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await request.catch((cause: unknown) => {
    if (cause instanceof DOMException) throw cause;
    onUnreachable();
    throw new ApiError(t("error.unreachable"), 0, "unreachable", t("error.unreachableRemedy"));
  });
  if (response.ok) {
    const hindrance = response.headers.get("X-Warning")?.split(":")[0];
    if (hindrance) onHindered(hindrance);
    return data as T;
  }
  if (response.status === 401) onUnauthorized();
  throw await toError(response.status, error);
}

/** Reads the error body that docs/errors.md describes. What it tells programs to do next is not for people. */
async function toError(status: number, body: unknown): Promise<ApiError> {
  const fields = isRecord(body) ? body : {};
  const code = typeof fields.code === "string" ? fields.code : `http_${status}`;
  const params = isRecord(fields.params) ? fields.params : {};
  const remedy = typeof params.remedy === "string" ? params.remedy : undefined;
  // Without our own words, which may not come when the server is in trouble, its words have to do.
  const words = await import("@/i18n/problems").catch(() => undefined);
  const say = (detail: string) => words?.sentence(code, params, detail) ?? detail;
  const { detail } = fields;
  const request = typeof fields.request_id === "string" ? fields.request_id : undefined;
  if (Array.isArray(detail)) {
    const faults = detail
      .filter(isFault)
      .map(({ loc, msg, type, ctx }) => ({ loc, msg: words?.faultWords(type, ctx, msg) ?? msg }));
    const all = faults.map(({ loc, msg }) => [loc.slice(1).join("."), msg].filter(Boolean).join(": "));
    return new ApiError(say(all.join("; ") || `HTTP ${status}`), status, code, remedy, faults, params, request);
  }
  if (isRecord(detail)) {
    const message = typeof detail.message === "string" ? detail.message : `HTTP ${status}`;
    return new ApiError(say(message), status, code, remedy, [], { ...params, ...detail }, request);
  }
  const message = say(typeof detail === "string" ? detail : `HTTP ${status}`);
  return new ApiError(message, status, code, remedy, [], params, request);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFault(value: unknown): value is Fault & { type?: string; ctx?: Record<string, unknown> } {
  return isRecord(value) && Array.isArray(value.loc) && typeof value.msg === "string";
}
