/** Passkeys: options and credentials between the server's JSON and the browser's buffers. */

type Json = Record<string, unknown>;

export const passkeysWork = (): boolean => typeof window.PublicKeyCredential === "function" && window.isSecureContext;

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function toText(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function withIds(list: unknown): PublicKeyCredentialDescriptor[] {
  return ((list ?? []) as (Json & { id: string })[]).map((each) => ({
    ...(each as unknown as PublicKeyCredentialDescriptor),
    id: toBytes(each.id),
  }));
}

interface Wrapped {
  publicKey?: Json;
}

export async function getPasskey(options: Json): Promise<Json> {
  const given = (options as Wrapped).publicKey ?? options;
  const publicKey = {
    ...given,
    challenge: toBytes(given["challenge"] as string),
    allowCredentials: withIds(given["allowCredentials"]),
  } as PublicKeyCredentialRequestOptions;
  const found = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = found.response as AuthenticatorAssertionResponse;
  return {
    ...common(found),
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      authenticatorData: toText(response.authenticatorData),
      signature: toText(response.signature),
      userHandle: response.userHandle ? toText(response.userHandle) : null,
    },
  };
}

export async function makePasskey(options: Json): Promise<Json> {
  const given = ((options as Wrapped).publicKey ?? options) as Json & { user: Json & { id: string } };
  const publicKey = {
    ...given,
    challenge: toBytes(given["challenge"] as string),
    user: { ...given.user, id: toBytes(given.user.id) },
    excludeCredentials: withIds(given["excludeCredentials"]),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    ...common(made),
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      attestationObject: toText(response.attestationObject),
      transports: response.getTransports(),
    },
  };
}

function common(credential: PublicKeyCredential): Json {
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}
