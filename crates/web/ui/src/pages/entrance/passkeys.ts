import { answer, api } from "@/api/client";
import { t } from "@/i18n/signing";

/** What a device is asked, as the server sends it. */
export interface Question {
  ceremony: string;
  options: unknown;
}

type Descriptors = { id: string; type: PublicKeyCredentialType; transports?: AuthenticatorTransport[] }[];

interface CreationOptions
  extends Omit<PublicKeyCredentialCreationOptions, "challenge" | "user" | "excludeCredentials"> {
  challenge: string;
  user: { id: string; name: string; displayName: string };
  excludeCredentials?: Descriptors;
}

interface RequestOptions extends Omit<PublicKeyCredentialRequestOptions, "challenge" | "allowCredentials"> {
  challenge: string;
  allowCredentials?: Descriptors;
}

/** Whether this page may use the passkeys that browsers keep for the host `name`. */
export function passkeysHere(name: string | null | undefined): boolean {
  return Boolean(name) && location.hostname === name && "PublicKeyCredential" in window;
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

const named = (list: Descriptors | undefined) => list?.map((entry) => ({ ...entry, id: bytes(entry.id) }));

/** What the server is told of a credential: browsers do not all have `toJSON` yet. */
function told(credential: Credential | null, response: Record<string, unknown>) {
  if (!(credential instanceof PublicKeyCredential)) throw new Error(t("passkey.failed"));
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults() as Record<string, unknown>,
  };
}

/** The words for what a browser calls a failure. */
function inWords(cause: unknown): unknown {
  if (!(cause instanceof DOMException)) return cause;
  if (cause.name === "InvalidStateError") return new Error(t("passkey.known"));
  if (cause.name === "NotAllowedError") return new Error(t("passkey.cancelled"));
  return cause.name === "AbortError" ? cause : new Error(t("passkey.failed"));
}

/** Has a device make a passkey. */
export async function make({ ceremony, options }: Question) {
  const asked = options as CreationOptions;
  const publicKey = {
    ...asked,
    challenge: bytes(asked.challenge),
    user: { ...asked.user, id: bytes(asked.user.id) },
    excludeCredentials: named(asked.excludeCredentials),
  };
  const credential = await navigator.credentials.create({ publicKey }).catch((cause) => {
    throw inWords(cause);
  });
  const response = (credential as PublicKeyCredential | null)?.response as AuthenticatorAttestationResponse;
  return {
    ceremony,
    credential: told(credential, {
      attestationObject: text(response.attestationObject),
      clientDataJSON: text(response.clientDataJSON),
      transports: response.getTransports?.() ?? [],
    }),
  };
}

/** Has a device sign with a passkey; `waiting` offers those that are known among what the address field suggests. */
export async function show({ ceremony, options }: Question, waiting?: AbortSignal) {
  const asked = options as RequestOptions;
  const publicKey = {
    ...asked,
    challenge: bytes(asked.challenge),
    allowCredentials: named(asked.allowCredentials),
  };
  const request: CredentialRequestOptions = waiting
    ? { publicKey, mediation: "conditional", signal: waiting }
    : { publicKey };
  const credential = await navigator.credentials.get(request).catch((cause) => {
    throw inWords(cause);
  });
  const response = (credential as PublicKeyCredential | null)?.response as AuthenticatorAssertionResponse;
  return {
    ceremony,
    credential: told(credential, {
      authenticatorData: text(response.authenticatorData),
      clientDataJSON: text(response.clientDataJSON),
      signature: text(response.signature),
      userHandle: response.userHandle && text(response.userHandle),
    }),
  };
}

/** Signs this browser in with a passkey alone. */
export async function signInWithPasskey(waiting?: AbortSignal) {
  const question = await answer(api.POST("/api/v1/auth/passkey-sign-in/begin"));
  const body = await show(question, waiting);
  await answer(api.POST("/api/v1/auth/passkey-sign-in", { body }));
}

/** Shows a passkey beside a password that is right. */
export async function besidePassword(email: string, password: string) {
  return show(await answer(api.POST("/api/v1/auth/sign-in/passkey", { body: { email, password } })));
}
