/** What each role may do: a table that owners change, and everybody who gives roles can read. */

import { Alert, Badge, Button, Checkbox, Group, Stack, Table, Text, Tooltip } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "../../app/api";
import { useDesk, useMay } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { Failed, RowSkeletons } from "../../ui/States";
import { attempt, toastDone } from "../../ui/toast";
import { changed, grouped, toggled, type Given, type RoleObject } from "./matrix";
import { useResource } from "./resource";

interface Roles {
  permissions: string[];
  roles: RoleObject[];
}

export default function RolesSection() {
  const roles = useResource<Roles>("/roles");
  if (roles.failed) return <Failed onRetry={roles.reload} />;
  if (!roles.data) return <RowSkeletons count={5} />;
  return <Matrix roles={roles.data} onSaved={(saved) => roles.set(() => saved)} />;
}

function given(roles: RoleObject[]): Given {
  return Object.fromEntries(roles.map((each) => [each.role, new Set(each.permissions)]));
}

function Matrix({ roles, onSaved }: { roles: Roles; onSaved: (saved: Roles) => void }) {
  const words = useWords();
  const { t, lookup } = words;
  const { base } = useDesk();
  const owner = useMay("owner.manage");
  const [now, setNow] = useState(() => given(roles.roles));
  const [busy, setBusy] = useState(false);
  const usual = given(roles.roles.map((each) => ({ ...each, permissions: each.usual })));
  const dirty = changed(now, given(roles.roles));

  const save = async () => {
    setBusy(true);
    const done = await attempt(words, async () => {
      const wanted = Object.fromEntries(
        roles.roles.filter((each) => each.changeable.length).map((each) => [each.role, [...(now[each.role] ?? [])]]),
      );
      const saved = await api.put<Roles>(`${base}/roles`, { roles: wanted });
      onSaved(saved);
      setNow(given(saved.roles));
    });
    setBusy(false);
    if (done) toastDone(t("common.saved"));
  };

  return (
    <Stack gap="md">
      {!owner && (
        <Alert color="gray" icon={<IconInfoCircle size={18} />}>
          {t("roles.readOnly")}
        </Alert>
      )}
      <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0, "aria-label": t("settings.roles") } }}>
        <Table fz="sm" verticalSpacing={7} data-testid="roles" stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("roles.may")}</Table.Th>
              {roles.roles.map(({ role }) => (
                <Table.Th key={role} ta="center" w={92}>
                  {t(`role.${role}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          {grouped(roles.permissions).map(({ area, permissions }) => (
            <Table.Tbody key={area}>
              <Table.Tr bg="var(--sonnim-sunken)">
                <Table.Th colSpan={5} scope="colgroup" fz="xs" c="dimmed">
                  {lookup(`permissionArea.${area}`, "permissionArea.other")}
                </Table.Th>
              </Table.Tr>
              {permissions.map((permission) => (
                <Table.Tr key={permission}>
                  <Table.Th scope="row" fw={450}>
                    {lookup(`permission.${permission}`, "permission.other", { permission })}
                  </Table.Th>
                  {roles.roles.map((each) => (
                    <Table.Td key={each.role}>
                      <Cell
                        label={`${t(`role.${each.role}`)}: ${lookup(`permission.${permission}`, "permission.other", { permission })}`}
                        fixed={!owner || !each.changeable.includes(permission)}
                        on={now[each.role]?.has(permission) ?? false}
                        differs={(now[each.role]?.has(permission) ?? false) !== (usual[each.role]?.has(permission) ?? false)}
                        testid={`may-${each.role}-${permission}`}
                        onChange={(on) => setNow((was) => toggled(was, roles.roles, each.role, permission, on))}
                      />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          ))}
        </Table>
      </Table.ScrollContainer>
      {owner && (
        <Stack gap={6}>
          <Group gap="sm">
            <Button loading={busy} disabled={!dirty} onClick={() => void save()} data-testid="roles-save">
              {t("common.save")}
            </Button>
            <Button variant="default" disabled={!changed(now, usual)} onClick={() => setNow(usual)} data-testid="roles-usual">
              {t("roles.usual")}
            </Button>
          </Group>
          <Text fz="sm" c="dimmed">
            {t("roles.atOnce")}
          </Text>
        </Stack>
      )}
    </Stack>
  );
}

interface CellProps {
  label: string;
  fixed: boolean;
  on: boolean;
  differs: boolean;
  testid: string;
  onChange: (on: boolean) => void;
}

function Cell({ label, fixed, on, differs, testid, onChange }: CellProps) {
  const { t } = useWords();
  return (
    <Group justify="center" gap={4} wrap="nowrap" pos="relative">
      <Checkbox
        aria-label={label}
        checked={on}
        disabled={fixed}
        onChange={(event) => onChange(event.currentTarget.checked)}
        data-testid={testid}
      />
      {differs && (
        <Tooltip label={t("roles.differs")}>
          <Badge size="xs" circle pos="absolute" right={6} aria-label={t("roles.differs")}>
            •
          </Badge>
        </Tooltip>
      )}
    </Group>
  );
}

