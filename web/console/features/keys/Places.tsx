/** Where the keys lead that begin with G, and what one can do from anywhere. */

import { useMantineColorScheme } from "@mantine/core";
import { useLocation } from "wouter";
import { useCommand, type Command } from "../../app/commands";
import { isQueue } from "../../app/desk/queues";

const QUEUE_KEYS = ["waiting", "unassigned", "mine", "team", "all", "snoozed", "mentioned", "spam", "resolved"] as const;

export function Places() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  useCommand("theme", () => setColorScheme(colorScheme === "dark" ? "light" : "dark"));
  return (
    <>
      {QUEUE_KEYS.filter(isQueue).map((queue) => (
        <Place key={queue} command={`go.${queue}` as Command} to={`/inbox/${queue}`} />
      ))}
      <Place command="search" to="/search" />
      <Place command="go.search" to="/search" />
      <Place command="go.people" to="/people" />
      <Place command="go.board" to="/board" />
      <Place command="go.plan" to="/plan" />
      <Place command="go.settings" to="/settings" />
      <Place command="go.account" to="/account" />
    </>
  );
}

function Place({ command, to }: { command: Command; to: string }) {
  const [, go] = useLocation();
  useCommand(command, () => go(to));
  return null;
}
