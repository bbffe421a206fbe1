import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_MAPPING_SETTINGS, type MappingSettings } from '../../../lib/mapping/types';

/** Settings that are one of a few words. */
type ChoiceName = {
	[Name in keyof MappingSettings]-?: string extends MappingSettings[Name]
		? never
		: MappingSettings[Name] extends string
			? Name
			: never;
}[keyof MappingSettings];

/** A policy that is one of a few words, each shown by a title; the library says which is the default. */
export function policyChoice<Name extends ChoiceName>(
	name: Name,
	displayName: string,
	description: string,
	titles: Record<MappingSettings[Name], string>,
): INodeProperties {
	// By its own name because n8n's rules read defaults by name.
	const byDefault = DEFAULT_MAPPING_SETTINGS[name];
	return {
		displayName,
		name,
		type: 'options',
		default: byDefault,
		description,
		options: Object.entries<string>(titles).map(([value, title]) => ({ name: title, value })),
	};
}
