export * from "./link";
export * from "./outbox";
export * from "./reducer";
export * from "./rich";
export * from "./storage";
export type * from "./types";
export { uuid } from "./uuid";
