export * from "./link.ts";
export * from "./outbox.ts";
export * from "./reducer.ts";
export * from "./storage.ts";
export type * from "./types.ts";
export { uuid } from "./uuid.ts";
