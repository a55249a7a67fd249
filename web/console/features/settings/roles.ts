/** Roles, from the lowest up. */

import type { Role } from "@sonnim/protocol";

export const ROLES: Role[] = ["agent", "lead", "admin", "owner"];

/** Owners give any role; everybody else only those below their own. */
export function rolesBelow(role: Role): Role[] {
  return role === "owner" ? ROLES : ROLES.slice(0, ROLES.indexOf(role));
}
