import { accountsOf, type Accounts } from './accounts';
import { indexCrosswalk, keyOf, type CrosswalkIndex } from './crosswalk-index';
import { jobsOf, type Jobs } from './jobs';
import { checkSettings, type CheckedSettings } from './settings-check';
import { mappingVersion } from './settings-version';
import type { MappingInput } from './types';

/** Everything mapping one record may look at, for records of one GP company. */
export interface MappingContext {
	company: string;
	settings: CheckedSettings;
	/** Of the settings; see mappingVersion. */
	version: string;
	crosswalk: CrosswalkIndex;
	jobs: Jobs;
	accounts: Accounts;
	vendorClass(vendorId: string): string | null;
}

/** @throws MappingSettingsError */
export function contextFor(company: string, input: MappingInput): MappingContext {
	const settings = checkSettings(input.settings);
	const crosswalk = indexCrosswalk(input.crosswalk, company);
	const classes = new Map(
		Object.entries(input.vendorClasses ?? {}).map(([id, name]) => [keyOf(id), name]),
	);
	return {
		company,
		settings,
		version: mappingVersion(input.settings),
		crosswalk,
		jobs: jobsOf({
			company,
			crosswalk,
			projects: input.projects,
			matchProjectNumber: settings.matchProjectNumber,
		}),
		accounts: accountsOf({ company, crosswalk, settings }),
		vendorClass: (vendorId) => classes.get(keyOf(vendorId)) ?? null,
	};
}
