import type { GpPayable } from '../model/gp-records';
import { accountsOf, type Accounts } from './accounts';
import { indexCrosswalk, keyOf, text, type CrosswalkIndex } from './crosswalk-index';
import { jobsOf, type Jobs } from './jobs';
import type { LineInspection } from './find-job';
import { checkSettings, type CheckedSettings } from './settings-check';
import { mappingVersion } from './settings-version';
import type { MappingInput, ProjectCandidate } from './types';

/** Everything mapping one record may look at, for records of one GP company. */
export interface MappingContext {
	company: string;
	settings: CheckedSettings;
	/** Of the settings; see mappingVersion. */
	version: string;
	crosswalk: CrosswalkIndex;
	projects: ProjectCandidate[];
	jobs: Jobs;
	accounts: Accounts;
	/** Null: it has none. Undefined: nobody has looked. */
	vendorClass(payable: Pick<GpPayable, 'vendorId' | 'vendorClassId'>): string | null | undefined;
	/** What the lines of each document show. */
	inspections: WeakMap<GpPayable, Map<string, LineInspection>>;
	/** Procore projects the payable with this key was sent to before. */
	earlierProjects(key: string): string[];
	/** Whether a document is in another currency than the company's own. */
	isForeignCurrency(payable: Pick<GpPayable, 'currencyId'>): boolean;
}

/** @throws MappingSettingsError */
export function contextFor(company: string, input: MappingInput): MappingContext {
	const settings = checkSettings(input.settings);
	const crosswalk = indexCrosswalk(input.crosswalk, company);
	const earlier = new Map<string, string[]>();
	for (const [given, ids] of Object.entries(input.earlierProjects ?? {})) {
		const key = keyOf(given);
		earlier.set(key, [...(earlier.get(key) ?? []), ...ids.map(text)]);
	}
	const ownCurrency = keyOf(settings.functionalCurrency);
	const classes = new Map(
		Object.entries(input.vendorClasses ?? {}).map(([id, name]) => [keyOf(id), name]),
	);
	return {
		company,
		settings,
		version: mappingVersion(input.settings),
		crosswalk,
		projects: input.projects,
		jobs: jobsOf({
			company,
			crosswalk,
			projects: input.projects,
			matchProjectNumber: settings.matchProjectNumber,
		}),
		accounts: accountsOf({ company, crosswalk, settings }),
		vendorClass: ({ vendorId, vendorClassId }) =>
			vendorClassId === undefined ? classes.get(keyOf(vendorId)) : vendorClassId,
		inspections: new WeakMap(),
		earlierProjects: (key) => [...new Set(earlier.get(keyOf(key)))].filter((id) => id !== ''),
		isForeignCurrency: ({ currencyId }) =>
			ownCurrency !== '' && text(currencyId) !== '' && keyOf(currencyId) !== ownCurrency,
	};
}
