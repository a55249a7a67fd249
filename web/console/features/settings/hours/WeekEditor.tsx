/** The hours of any week, a row for each day. */

import { Button, Divider, Group, Stack, Text } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { Fragment } from "react";
import { useWords } from "../../../app/i18n";
import { useIsPhone } from "../../../app/viewport";
import { copiedToWorkdays, DAYS, type Week } from "./calendar";
import { Intervals } from "./Intervals";
import { dayNames } from "./when";

export function WeekEditor({ week, onChange }: { week: Week; onChange: (week: Week) => void }) {
  const { t, tag } = useWords();
  const phone = useIsPhone();
  const names = dayNames(tag);
  return (
    <Stack gap="sm" data-testid="week">
      {DAYS.map((day, index) => (
        <Fragment key={day}>
          {index > 0 && <Divider />}
          <Group
            role="group"
            aria-label={names[index]}
            align="flex-start"
            gap={phone ? 4 : "lg"}
            style={{ flexDirection: phone ? "column" : "row" }}
            data-testid={`day-${day}`}
          >
            <Text fw={600} w={110} lh="36px">
              {names[index]}
            </Text>
            <Intervals name={names[index] ?? ""} intervals={week[day]} onChange={(next) => onChange({ ...week, [day]: next })} />
            {day === "mon" && (
              <Button
                size="compact-sm"
                variant="light"
                mt={phone ? 0 : 6}
                leftSection={<IconCopy size={14} />}
                onClick={() => onChange(copiedToWorkdays(week))}
                data-testid="copy-monday"
              >
                {t("hours.copyMonday")}
              </Button>
            )}
          </Group>
        </Fragment>
      ))}
    </Stack>
  );
}
