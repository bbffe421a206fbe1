import { jsonParse } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { GpSettingInvalid } from '../../../lib/gp/errors/gp-error';
import { type Watermark, EMPTY_WATERMARK } from '../../../lib/model/gp-changes';
import type { Stamp } from '../../../lib/model/gp-records';
import { watermarkOf, type WatermarkRow } from '../../../lib/run/events-of-batch';
import { plainText } from '../../shared/read-values';

/**
 * The watermark as stored in a table or typed: JSON text or an object, `seen` perhaps as text of
 * its own because a table column holds text, or the row of gpp_watermark. Empty = nothing read yet.
 */
export function parseWatermark(value: unknown): Watermark {
	const parsed = fromJson(value);
	if (parsed === null || parsed === undefined) return EMPTY_WATERMARK;
	if (typeof parsed === 'string') return { since: parsed, seen: {} };
	if (typeof parsed !== 'object' || Array.isArray(parsed)) throw notAWatermark();
	if (isWatermarkRow(parsed)) return watermarkOf(parsed);
	const { since, seen } = parsed as { since?: unknown; seen?: unknown };
	const keys = fromJson(seen) ?? {};
	if ((since && typeof since !== 'string') || typeof keys !== 'object' || Array.isArray(keys)) {
		throw notAWatermark();
	}
	return { since: (since as string) || null, seen: keys as Record<string, string> };
}

/** A row of gpp_watermark: what it remembers stays one text, from run to run. */
export function isWatermarkRow(value: unknown): value is WatermarkRow {
	return typeof value === 'object' && value !== null && 'modified_since' in value;
}

/** Text that begins like JSON is parsed; any other text stands for itself. */
function fromJson(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	const text = value.trim();
	if (text === '') return null;
	if (!/^[{["]/.test(text)) return text;
	const parsed = jsonParse<unknown>(text, { fallbackValue: undefined });
	if (parsed === undefined) throw notAWatermark();
	return parsed;
}

function notAWatermark(): GpSettingInvalid {
	return new GpSettingInvalid(
		'Watermark',
		'it is not of the form {"since": "2026-01-31", "seen": {}}',
		'Use the watermark of the last checkpoint, a date alone, or leave it empty to read everything.',
	);
}

/**
 * A time as chosen or typed in the node, as a GP stamp. A date alone stays a date; a time without
 * a zone is meant in the zone of the workflow. Undefined when left empty.
 */
export function toStamp(setting: string, value: unknown, workflowZone: string): Stamp | undefined {
	const text = plainText(value) ?? JSON.stringify(value);
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
