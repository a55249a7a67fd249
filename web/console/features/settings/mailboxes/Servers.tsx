/** The ways in and out of a mailbox, field by field. */

import { Box, Group, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import type { MailServer } from "@sonnim/protocol";
import { useT } from "../../../app/i18n";
import { PROVIDERS, usesProvider, type Form } from "./form";

interface Props {
  form: Form;
  missing: readonly string[];
  onChange: (change: Partial<Form>) => void;
}

export function Servers({ form, missing, onChange }: Props) {
  const t = useT();
  return (
    <Stack gap="md">
      <Select
        label={t("mailboxes.wayIn")}
        data={[
          { value: "imap", label: t("mailboxes.way.imap") },
          { value: "provider", label: t("mailboxes.way.providerIn") },
          { value: "pipe", label: t("mailboxes.way.pipe") },
        ]}
        allowDeselect={false}
        value={form.way_in}
        onChange={(way) => onChange({ way_in: way as Form["way_in"] })}
        data-testid="mailbox-way-in"
      />
      {form.way_in === "imap" && (
        <>
          <Server way="imap" server={form.imap} missing={missing} onChange={(imap) => onChange({ imap })} />
          <TextInput
            label={t("mailboxes.folder")}
            value={form.folder}
            maxLength={200}
            onChange={(event) => onChange({ folder: event.currentTarget.value })}
            data-testid="mailbox-folder"
          />
        </>
      )}
      <Select
        label={t("mailboxes.wayOut")}
        data={[
          { value: "smtp", label: t("mailboxes.way.smtp") },
          { value: "provider", label: t("mailboxes.way.providerOut") },
          { value: "house", label: t("mailboxes.way.house") },
        ]}
        allowDeselect={false}
        value={form.way_out}
        error={missing.includes("way_out") && t("mailboxes.house.refused")}
        onChange={(way) => onChange({ way_out: way as Form["way_out"] })}
        data-testid="mailbox-way-out"
      />
      {form.way_out === "smtp" && <Server way="smtp" server={form.smtp} missing={missing} onChange={(smtp) => onChange({ smtp })} />}
      {usesProvider(form) && (
        <Select
          label={t("mailboxes.provider")}
          data={Object.entries(PROVIDERS).map(([value, label]) => ({ value, label }))}
          value={form.provider || null}
          error={missing.includes("provider") && t("mailboxes.missing")}
          onChange={(provider) => onChange({ provider: provider ?? "" })}
          data-testid="mailbox-provider"
        />
      )}
    </Stack>
  );
}

interface ServerProps {
  way: "imap" | "smtp";
  server: MailServer;
  missing: readonly string[];
  onChange: (server: MailServer) => void;
}

function Server({ way, server, missing, onChange }: ServerProps) {
  const t = useT();
  const wrong = (field: string) => missing.includes(`${way}_${field}`) && t("mailboxes.missing");
  const change = (part: Partial<MailServer>) => onChange({ ...server, ...part });
  return (
    <Box component="fieldset" p="sm" m={0} bd="1px solid var(--sonnim-line)" bdrs="md" miw={0}>
      <Text component="legend" fz="sm" fw={600} px={6}>
        {t(`mailboxes.server.${way}`)}
      </Text>
      <Stack gap="sm">
        <Group align="flex-start" gap="sm">
          <TextInput
            flex={1}
            miw={180}
            label={t("mailboxes.host")}
            value={server.host}
            maxLength={253}
            error={wrong("host")}
            onChange={(event) => change({ host: event.currentTarget.value.trim() })}
            autoComplete="off"
            data-testid={`${way}-host`}
          />
          <NumberInput
            w={96}
            label={t("mailboxes.port")}
            min={1}
            max={65_535}
            hideControls
            allowDecimal={false}
            value={server.port}
            onChange={(port) => change({ port: Number(port) || 0 })}
            data-testid={`${way}-port`}
          />
          <Select
            w={{ base: "100%", xs: 170 }}
            label={t("mailboxes.security")}
            data={[
              { value: "tls", label: t("mailboxes.security.tls") },
              { value: "starttls", label: "STARTTLS" },
              { value: "none", label: t("mailboxes.security.none") },
            ]}
            allowDeselect={false}
            value={server.security}
            onChange={(security) => change({ security: security ?? "tls" })}
            data-testid={`${way}-security`}
          />
        </Group>
        {server.security === "none" && (
          <Text fz="xs" c="var(--mantine-color-error)">
            {t("mailboxes.security.noneHint")}
          </Text>
        )}
        <Group align="flex-start" gap="sm">
          <TextInput
            flex={1}
            miw={180}
            label={t("mailboxes.user")}
            value={server.user}
            maxLength={254}
            error={wrong("user")}
            onChange={(event) => change({ user: event.currentTarget.value })}
            autoComplete="off"
            data-testid={`${way}-user`}
          />
          <Select
            w={{ base: "100%", xs: 170 }}
            label={t("mailboxes.auth")}
            data={[
              { value: "password", label: t("mailboxes.auth.password") },
              { value: "xoauth2", label: "OAuth 2" },
            ]}
            allowDeselect={false}
            value={server.auth}
            onChange={(auth) => change({ auth: auth ?? "password" })}
            data-testid={`${way}-auth`}
          />
        </Group>
      </Stack>
    </Box>
  );
}
