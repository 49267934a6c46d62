import createClient from "openapi-fetch";
import type { paths } from "./schema";

/** The typed client. Every call goes through {@link answer}, which turns failures into {@link ApiError}. */
export const api = createClient<paths>({ baseUrl: "", credentials: "same-origin" });

/** One wrong field of a request. */
export interface Fault {
  loc: (string | number)[];
  msg: string;
}

/** Why a request failed, in words for people. */
export class ApiError extends Error {
  constructor(
    message: string,
    /** The HTTP status; 0 when the server could not be reached. */
    readonly status: number,
    readonly code: string,
    readonly nextStep?: string,
    readonly faults: Fault[] = [],
    /** Further fields of a structured refusal, e.g. `blocked_by_task_ids`. */
    readonly facts: Record<string, unknown> = {},
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

export interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a good answer. Throws {@link ApiError} otherwise. */
export async function answer<T>(request: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await request.catch((cause: unknown) => {
    if (cause instanceof DOMException) throw cause;
    throw new ApiError("The server cannot be reached.", 0, "unreachable", "Check that Mission Control is running.");
  });
  if (response.ok) return data as T;
  if (response.status === 401) onUnauthorized();
  throw toError(response.status, error);
}

/** Reads the error body that docs/api-conventions.md describes. */
function toError(status: number, body: unknown): ApiError {
  const fields = isRecord(body) ? body : {};
  const code = typeof fields.code === "string" ? fields.code : `http_${status}`;
  const nextStep = typeof fields.next_step === "string" ? fields.next_step : undefined;
  const detail = fields.detail;
  if (Array.isArray(detail)) {
    const faults = detail.filter(isFault);
    const words = faults.map((fault) => `${fault.loc.slice(1).join(".")}: ${fault.msg}`).join("; ");
    return new ApiError(words || `HTTP ${status}`, status, code, nextStep, faults);
  }
  if (isRecord(detail)) {
    const message = typeof detail.message === "string" ? detail.message : `HTTP ${status}`;
    const inner = typeof detail.code === "string" ? detail.code : code;
    return new ApiError(message, status, inner, nextStep, [], detail);
  }
  return new ApiError(typeof detail === "string" ? detail : `HTTP ${status}`, status, code, nextStep);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFault(value: unknown): value is Fault {
  return isRecord(value) && Array.isArray(value.loc) && typeof value.msg === "string";
}
