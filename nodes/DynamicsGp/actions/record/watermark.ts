import { jsonParse } from 'n8n-workflow';

import { GpSettingInvalid } from '../../../../lib/gp/errors/gp-error';
import { EMPTY_WATERMARK, type Watermark } from '../../../../lib/model/gp-changes';

/**
 * The watermark as stored in a table or typed: JSON text or an object, `seen` perhaps as text of
 * its own because a table column holds text. Empty = nothing read yet.
 */
export function parseWatermark(value: unknown): Watermark {
	const parsed = fromJson(value);
	if (parsed === null || parsed === undefined) return EMPTY_WATERMARK;
	if (typeof parsed === 'string') return { since: parsed, seen: {} };
	if (typeof parsed !== 'object' || Array.isArray(parsed)) throw notAWatermark();
	const { since, seen } = parsed as { since?: unknown; seen?: unknown };
	const keys = fromJson(seen) ?? {};
	if ((since && typeof since !== 'string') || typeof keys !== 'object' || Array.isArray(keys)) {
		throw notAWatermark();
	}
	return { since: (since as string) || null, seen: keys as Record<string, string> };
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
