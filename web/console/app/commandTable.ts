/** Every action that has a key or a place in the palette: one line each, so that no key is given twice.
 *
 * The name of an action is the text `keys.<id>`. Keys: "J", "Shift+X", "?", "Mod+K" (Cmd on a Mac, else Ctrl),
 * or one after the other: "G W". `local`: whoever has the focus listens for it; it is only told here.
 */

export type CommandGroup = "list" | "conversation" | "write" | "go" | "app";

export interface CommandLine {
  readonly id: string;
  readonly group: CommandGroup;
  readonly keys?: string;
  readonly local?: true;
}

export const GROUPS: readonly CommandGroup[] = ["list", "conversation", "write", "go", "app"];

export const COMMANDS = [
  { id: "next", group: "list", keys: "J" },
  { id: "previous", group: "list", keys: "K" },
  { id: "filter", group: "list", keys: "/" },
  { id: "select", group: "list", keys: "X" },
  { id: "selectDown", group: "list", keys: "Shift+J" },
  { id: "selectUp", group: "list", keys: "Shift+K" },
  { id: "selectAll", group: "list", keys: "Shift+X" },
  { id: "newView", group: "list", keys: "V" },

  { id: "reply", group: "conversation", keys: "R" },
  { id: "replyAll", group: "conversation", keys: "Shift+R" },
  { id: "note", group: "conversation", keys: "N" },
  { id: "resolve", group: "conversation", keys: "E" },
  { id: "snooze", group: "conversation", keys: "Z" },
  { id: "assign", group: "conversation", keys: "A" },
  { id: "tag", group: "conversation", keys: "T" },
  { id: "priority", group: "conversation", keys: "P" },
  { id: "spam", group: "conversation", keys: "!" },
  { id: "date", group: "conversation", keys: "D" },
  { id: "unread", group: "conversation", keys: "U" },
  { id: "copyLink", group: "conversation", keys: "Y" },
  { id: "follow", group: "conversation", keys: "F" },
  { id: "transfer", group: "conversation", keys: "Shift+A" },
  { id: "ask", group: "conversation", keys: "Q" },
  { id: "checklist", group: "conversation", keys: "C" },
  { id: "merge", group: "conversation", keys: "M" },
  { id: "split", group: "conversation", keys: "Shift+M" },
  { id: "link", group: "conversation", keys: "L" },
  { id: "mailChat", group: "conversation", keys: "Shift+W" },
  { id: "spotCheck", group: "conversation" },
  { id: "close", group: "conversation", keys: "Esc" },

  { id: "newLetter", group: "write", keys: "W" },
  { id: "send", group: "write", keys: "Enter", local: true },
  { id: "newline", group: "write", keys: "Shift+Enter", local: true },
  { id: "sendResolve", group: "write", keys: "Mod+Enter", local: true },
  { id: "sendSnooze", group: "write", keys: "Mod+Shift+Enter" },
  { id: "sendLater", group: "write", keys: "Alt+Enter" },
  { id: "takeBack", group: "write", keys: "Alt+Z" },
  { id: "keepPromise", group: "write", keys: "Alt+P" },
  { id: "ladder", group: "write", keys: "Alt+L" },
  { id: "applyRemark", group: "write", keys: "Alt+." },
  { id: "nextRemark", group: "write", keys: "Alt+," },
  { id: "dismissRemark", group: "write", keys: "Alt+/" },
  { id: "canned", group: "write", keys: "/", local: true },
  { id: "mention", group: "write", keys: "@", local: true },

  { id: "go.waiting", group: "go", keys: "G W" },
  { id: "go.unassigned", group: "go", keys: "G U" },
  { id: "go.mine", group: "go", keys: "G M" },
  { id: "go.team", group: "go", keys: "G T" },
  { id: "go.all", group: "go", keys: "G A" },
  { id: "go.snoozed", group: "go", keys: "G Z" },
  { id: "go.mentioned", group: "go", keys: "G @" },
  { id: "go.spam", group: "go", keys: "G !" },
  { id: "go.resolved", group: "go", keys: "G R" },
  { id: "go.notices", group: "go", keys: "G N" },
  { id: "go.search", group: "go", keys: "G S" },
  { id: "go.people", group: "go", keys: "G P" },
  { id: "go.plan", group: "go", keys: "G L" },
  { id: "go.board", group: "go", keys: "G B" },
  { id: "go.settings", group: "go", keys: "G ," },
  { id: "go.account", group: "go" },
  { id: "go.decisions", group: "go", keys: "G D" },
  { id: "go.promises", group: "go", keys: "G K" },

  { id: "palette", group: "app", keys: "Mod+K" },
  { id: "search", group: "app", keys: "Mod+Shift+F" },
  { id: "keys", group: "app", keys: "?" },
  { id: "install", group: "app" },
  { id: "theme", group: "app" },
  { id: "away", group: "app" },
  { id: "signOut", group: "app" },
] as const satisfies readonly CommandLine[];

export type Command = (typeof COMMANDS)[number]["id"];
