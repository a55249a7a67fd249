import { describe, expect, it } from "vitest";
import { applyChange, applyEvent, byId } from "../src/reducer";
import { uuid } from "../src/uuid";
import { seeded } from "./server";

describe("the reducer", () => {
  it("puts what is new, and what is newer", () => {
    const state = applyChange({ teams: { 1: { id: 1, v: 3 } } }, { put: { teams: { 1: { id: 1, v: 4 }, 2: { id: 2, v: 1 } } } });
    expect(state.teams).toEqual({ 1: { id: 1, v: 4 }, 2: { id: 2, v: 1 } });
  });

  it("keeps the newer object that it has", () => {
    const state = { teams: { 1: { id: 1, v: 5 } } };
    expect(applyChange(state, { put: { teams: { 1: { id: 1, v: 4 } } } })).toBe(state);
  });

  it("drops ids and does not mind unknown ones", () => {
    const state: Record<string, Record<string, object>> = { drafts: { 7: { v: 1 } } };
    expect(applyChange(state, { drop: { drafts: [7, 8], nothing: [1] } })).toEqual({ drafts: {} });
  });

  it("does not touch collections that did not change", () => {
    const state = { a: { 1: { v: 1 } }, b: { 1: { v: 1 } } };
    const next = applyChange(state, { put: { a: { 1: { v: 2 } } } });
    expect(next.b).toBe(state.b);
    expect(state.a[1].v).toBe(1);
  });

  it("applies the desk's part of an event after the shared one", () => {
    const state: Record<string, Record<string, object>> = {};
    const next = applyEvent(state, { put: { c: { 1: { v: 1 } } }, desk: { put: { c: { 1: { v: 1, more: true } } } } });
    expect(next["c"]).toEqual({ 1: { v: 1, more: true } });
  });

  it.each(Array.from({ length: 20 }, (_, i) => i + 1))("ends with the newest versions in whatever order they come (seed %i)", (seed) => {
    const random = seeded(seed);
    const puts = Array.from({ length: 60 }, () => {
      const id = 1 + Math.floor(random() * 5);
      return { id, v: 1 + Math.floor(random() * 50) };
    });
    const newest: Record<string, object> = {};
    for (const put of [...puts].sort((a, b) => a.v - b.v)) newest[put.id] = put;
    let state: Record<string, Record<string, object>> = { x: {} };
    for (const put of puts) state = applyChange(state, { put: { x: byId([put]) } });
    expect(state["x"]).toEqual(newest);
  });
});

describe("uuid", () => {
  it("makes version 4 ids also where crypto.randomUUID is missing", () => {
    const real = crypto.randomUUID;
    Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
    const ids = Array.from({ length: 50 }, uuid);
    Object.defineProperty(crypto, "randomUUID", { value: real, configurable: true });
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(50);
  });
});
