import { contentHash } from '../model/content-hash';
import { DEFAULT_MAPPING_SETTINGS } from './default-settings';
import { withoutRetired } from './retired-settings';
import { forFingerprint } from './rules';
import type { MappingSettings } from './types';

/**
 * Which settings decided: twelve digits, equal for equal settings, so that an audit event tells
 * whether the rules were others then. The company is no setting: each record tells its own.
 */
export function mappingVersion({
	company: _company,
	unfound,
	documentsFrom,
	onlyProjects,
	...settings
}: MappingSettings): string {
	const {
		company: _none,
		documentsFrom: _never,
		onlyProjects: _all,
		...defaults
	} = DEFAULT_MAPPING_SETTINGS;
	// Which places are not known decides; the words why do not.
	const open = Object.keys(unfound ?? {}).sort();
	const current = withoutRetired(settings).settings;
	return contentHash({
		...defaults,
		...current,
		...(current.rules ? { rules: forFingerprint(current.rules) } : {}),
		...(open.length > 0 ? { unfound: open } : {}),
		// Where they are empty a mapping counts for the same as before there were any.
		...(documentsFrom ? { documentsFrom } : {}),
		...(onlyProjects && onlyProjects.length > 0 ? { onlyProjects: [...onlyProjects].sort() } : {}),
	}).slice(0, 12);
}
