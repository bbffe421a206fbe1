import { DateTime } from 'luxon';

import { GpSettingInvalid } from '../../../../lib/gp/errors/gp-error';
import type { Stamp } from '../../../../lib/model/gp-records';

/**
 * A time as chosen or typed in the node, as a GP stamp. A date alone stays a date; a time without
 * a zone is meant in the zone of the workflow. Undefined when left empty.
 */
export function toStamp(
	setting: string,
	value: string | undefined | null,
	workflowZone: string,
): Stamp | undefined {
	const text = value?.trim();
	if (!text) return undefined;
	if (/^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text).isValid) return text;
	const time = DateTime.fromISO(text.replace(' ', 'T'), { zone: workflowZone });
	if (time.isValid) return time.toUTC().toISO();
	throw new GpSettingInvalid(
		setting,
		`"${text}" is not a date`,
		'Give a date as 2026-01-31, or a time as 2026-01-31T08:00:00.',
	);
}
