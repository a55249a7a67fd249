/** Which role has which permission: pure steps on a table. A higher role always has what a lower one has. */

import type { Role } from "@sonnim/protocol";

export interface RoleObject {
  role: Role;
  permissions: string[];
  usual: string[];
  changeable: string[];
}

export type Given = Record<string, ReadonlySet<string>>;

/** Permissions by the part of the desk that they open, in the order of the table. */
export function grouped(permissions: string[]): { area: string; permissions: string[] }[] {
  const found = new Map<string, string[]>();
  for (const each of permissions) {
    const area = each.split(".")[0] ?? each;
    found.set(area, [...(found.get(area) ?? []), each]);
  }
  return [...found].map(([area, of]) => ({ area, permissions: of }));
}

/** Gives or takes; what is given is given to higher roles too, what is taken is taken from lower ones too. */
export function toggled(now: Given, roles: RoleObject[], role: Role, permission: string, on: boolean): Given {
  const rank = roles.findIndex((each) => each.role === role);
  const next: Record<string, ReadonlySet<string>> = { ...now };
  roles.forEach((each, i) => {
    if (!each.changeable.includes(permission) || (on ? i < rank : i > rank)) return;
    const set = new Set(now[each.role]);
    if (on) set.add(permission);
    else set.delete(permission);
    next[each.role] = set;
  });
  return next;
}

export function changed(one: Given, other: Given): boolean {
  return Object.entries(one).some(([role, set]) => {
    const than = other[role] ?? new Set();
    return set.size !== than.size || [...set].some((each) => !than.has(each));
  });
}
