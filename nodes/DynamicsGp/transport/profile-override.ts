import { jsonParse } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { GpSettingInvalid } from '../../../lib/gp/errors/gp-error';
import type { GpSite } from '../../../lib/gp/site';

/** The profile override as typed or pasted into the node: JSON text or an object; empty = none. */
export function parseProfileOverride(value: string | IDataObject | undefined): GpSite['profile'] {
	const parsed = typeof value === 'string' ? fromText(value) : value;
	if (parsed === undefined || parsed === null) return undefined;
	if (typeof parsed !== 'object' || Array.isArray(parsed))
		throw notAProfile('it is not a JSON object');
	return parsed as GpSite['profile'];
}

function fromText(text: string): unknown {
	if (text.trim() === '') return undefined;
	const parsed = jsonParse<unknown>(text, { fallbackValue: NOT_JSON });
	if (parsed === NOT_JSON) throw notAProfile('it is not valid JSON');
	return parsed;
}

const NOT_JSON = Symbol('not JSON');

function notAProfile(why: string): GpSettingInvalid {
	return new GpSettingInvalid(
		'profile override',
		why,
		'Paste what the Survey operation suggests, or a JSON object with the parts that differ.',
	);
}
